import { Start1764000000001 } from './0001-start.ts';
import { FieldTypes1764000000002 } from './0002-field-types.ts';
import { Search1764000000003 } from './0003-search.ts';
import { Jobs1764000000004 } from './0004-jobs.ts';
import { CustomerViews1764000000005 } from './0005-customer-views.ts';
import { SegmentFolders1764000000006 } from './0006-segment-folders.ts';
import { Events1764000000007 } from './0007-events.ts';
import { Time1764000000008 } from './0008-time.ts';
import { Rebuilds1764000000009 } from './0009-rebuilds.ts';
import { Formulas1764000000010 } from './0010-formulas.ts';
import { OutboxOrder1764000000011 } from './0011-outbox-order.ts';
import { RowScopes1764000000012 } from './0012-row-scopes.ts';
import { ViewAs1764000000013 } from './0013-view-as.ts';
import { SegmentShares1764000000014 } from './0014-segment-shares.ts';
import { AccessLog1764000000015 } from './0015-access-log.ts';
import { Retention1764000000016 } from './0016-retention.ts';
import { Duplicates1764000000017 } from './0017-duplicates.ts';
import { LeavingScopes1764000000018 } from './0018-leaving-scopes.ts';
import { Forms1764000000019 } from './0019-forms.ts';
import { Conversions1764000000020 } from './0020-conversions.ts';
import { Files1764000000021 } from './0021-files.ts';
import { ConversionJobs1764000000022 } from './0022-conversion-jobs.ts';
import { Pictures1764000000023 } from './0023-pictures.ts';

/** Every migration in its order; run at start. */
export const migrations = [
  Start1764000000001,
  FieldTypes1764000000002,
  Search1764000000003,
  Jobs1764000000004,
  CustomerViews1764000000005,
  SegmentFolders1764000000006,
  Events1764000000007,
  Time1764000000008,
  Rebuilds1764000000009,
  Formulas1764000000010,
  OutboxOrder1764000000011,
  RowScopes1764000000012,
  ViewAs1764000000013,
  SegmentShares1764000000014,
  AccessLog1764000000015,
  Retention1764000000016,
  Duplicates1764000000017,
  LeavingScopes1764000000018,
  Forms1764000000019,
  Conversions1764000000020,
  Files1764000000021,
  ConversionJobs1764000000022,
  Pictures1764000000023,
];
