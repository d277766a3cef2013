import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { DataSource } from 'typeorm';
import { requestContext, serverParts, type ServerParts } from './access/request-context.ts';
import { RoleResolver } from './access/role.resolver.ts';
import { Role, RoleFieldAccess, SegmentShare } from './access/role.ts';
import { SessionResolver } from './access/session.resolver.ts';
import { StoredSession } from './access/session.ts';
import { SignedInGuard } from './access/signed-in.guard.ts';
import { UserResolver } from './access/user.resolver.ts';
import { User, UserRole } from './access/user.ts';
import { AuditLogResolver } from './audit-log/audit-log.resolver.ts';
import { SensitiveReadsResolver } from './audit-log/sensitive-reads.resolver.ts';
import { ConversionResolver } from './conversions/conversion.resolver.ts';
import { FieldConversion } from './conversions/field-conversion.ts';
import { replaceOptionJob } from './conversions/replace-option-job.ts';
import { typeChanges } from './conversions/type-change-steps.ts';
import { CustomerConnectionResolver, CustomerResolver } from './customers/customer.resolver.ts';
import { DuplicatesResolver } from './customers/duplicates.resolver.ts';
import { CustomerEventsResolver } from './customers/customer-events.resolver.ts';
import { CustomerView } from './customers/customer-view.ts';
import { CustomerViewResolver } from './customers/customer-view.resolver.ts';
import { eraseSelection } from './customers/erase-selection.ts';
import { updateSelection } from './customers/update-selection.ts';
import { ExplanationResolver } from './customers/explanation.resolver.ts';
import { PreviewResolver } from './customers/preview.resolver.ts';
import { SegmentHistoryResolver } from './customers/segment-history.resolver.ts';
import {
  MembershipChangeResolver,
  MembershipResolver,
  SegmentMembersResolver,
} from './customers/segment-members.resolver.ts';
import { DemoResolver } from './demo/demo.resolver.ts';
import { fillDemo } from './demo/fill-demo.ts';
import { EventType } from './events/event-type.ts';
import { EventResolver, EventTypeResolver } from './events/event.resolver.ts';
import { ExportsController } from './exports/exports.controller.ts';
import { Field } from './fields/field.ts';
import { rebuildSearch } from './fields/rebuild-search.ts';
import { FieldResolver } from './fields/field.resolver.ts';
import { Form, FormVersion } from './forms/form.ts';
import { fileStore, type FileStore } from './files/file-store.ts';
import { roomForFiles } from './files/room-for-files.ts';
import { FormResolver, FormVersionResolver } from './forms/form.resolver.ts';
import { JobProgressResolver } from './fields/job-progress.resolver.ts';
import { RoleChangesResolver } from './fields/role-changes.resolver.ts';
import { FormExchangeResolver } from './forms-exchange/form-exchange.resolver.ts';
import { FormSchemaController } from './forms-exchange/form-schema.controller.ts';
import type { JobKind } from './jobs/job-kind.ts';
import { Job } from './jobs/job.ts';
import { JobResolver } from './jobs/job.resolver.ts';
import { apolloOptions } from './platform/graphql/apollo-options.ts';
import { LimitsResolver } from './platform/graphql/limits.resolver.ts';
import { GraphqlErrorFilter } from './platform/graphql/graphql-error.filter.ts';
import { fileRoom, HealthController } from './platform/health.controller.ts';
import { MetricsController } from './platform/metrics.controller.ts';
import { Metrics } from './platform/metrics.ts';
import { webFolder } from './platform/http/static-web.ts';
import { PublicFormController } from './public-forms/public-form.controller.ts';
import { RetentionRuleResolver } from './retention/retention-rule.resolver.ts';
import { RetentionRule } from './retention/retention-rule.ts';
import { retentionRun } from './retention/retention-run.ts';
import { rebuildSegments } from './segments/rebuild/rebuild-job.ts';
import { FieldChangesResolver } from './segments/field-changes.resolver.ts';
import { RuleExchangeResolver } from './segments/rule-exchange.resolver.ts';
import { SegmentResolver, SegmentShareResolver, SegmentVersionResolver } from './segments/segment.resolver.ts';
import { Segment, SegmentVersion } from './segments/segment.ts';
import { SubmissionConnectionResolver, SubmissionResolver } from './submissions/submission.resolver.ts';
import { TemplateResolver } from './templates/template.resolver.ts';
import { FileResolver } from './uploads/file.resolver.ts';
import { FilesController } from './uploads/files.controller.ts';

/** The rows that TypeORM maps. */
export const entities = [
  User,
  UserRole,
  Role,
  RoleFieldAccess,
  SegmentShare,
  StoredSession,
  Field,
  FieldConversion,
  EventType,
  Segment,
  SegmentVersion,
  Job,
  CustomerView,
  RetentionRule,
  Form,
  FormVersion,
];

/** Every kind of long work. */
export const jobKinds: readonly JobKind[] = [
  updateSelection,
  eraseSelection,
  retentionRun,
  rebuildSearch,
  rebuildSegments(typeChanges),
  replaceOptionJob,
  fillDemo,
];

/** Everything that answers GraphQL. */
export const resolvers: Type[] = [
  SessionResolver,
  UserResolver,
  RoleResolver,
  RoleChangesResolver,
  LimitsResolver,
  FieldResolver,
  EventTypeResolver,
  EventResolver,
  SegmentResolver,
  FieldChangesResolver,
  ConversionResolver,
  RuleExchangeResolver,
  SegmentVersionResolver,
  SegmentShareResolver,
  SegmentMembersResolver,
  SegmentHistoryResolver,
  MembershipResolver,
  MembershipChangeResolver,
  CustomerResolver,
  DuplicatesResolver,
  CustomerConnectionResolver,
  CustomerEventsResolver,
  ExplanationResolver,
  PreviewResolver,
  JobResolver,
  JobProgressResolver,
  CustomerViewResolver,
  DemoResolver,
  AuditLogResolver,
  SensitiveReadsResolver,
  RetentionRuleResolver,
  FormResolver,
  FormVersionResolver,
  FormExchangeResolver,
  TemplateResolver,
  SubmissionResolver,
  SubmissionConnectionResolver,
  FileResolver,
];

/** The server's one module: its use cases are plain functions, so there is little to inject. */
@Module({})
export class AppModule {
  /** Puts the module together around an open database. */
  static around(
    parts: ServerParts & { readonly metrics: Metrics; readonly files: FileStore; readonly webFolder: string },
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [GraphQLModule.forRoot(apolloOptions(({ req, res }) => requestContext(parts, req, res)))],
      controllers: [
        HealthController,
        MetricsController,
        ExportsController,
        PublicFormController,
        FormSchemaController,
        FilesController,
      ],
      providers: [
        ...resolvers,
        { provide: DataSource, useValue: parts.database.source },
        { provide: Metrics, useValue: parts.metrics },
        { provide: serverParts, useValue: parts },
        { provide: webFolder, useValue: parts.webFolder },
        { provide: fileRoom, useValue: roomForFiles(parts.files) },
        { provide: fileStore, useValue: parts.files },
        { provide: APP_GUARD, useClass: SignedInGuard },
        { provide: APP_FILTER, useClass: GraphqlErrorFilter },
      ],
    };
  }
}
