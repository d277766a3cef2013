import { mostMegabytes, mostPictureMegabytes, ruleLimits } from '@kequn/rules';

/** What one document may ask, before it is run. */
export const documentLimits = {
  queryDepth: 12,
  queryAliases: 15,
  queryDirectives: 50,
  queryTokens: 2_000,
  queryCost: 20_000,
} as const;

/** Every limit that the server enforces, by the name under which `Query.limits` and LIMIT_EXCEEDED tell it. */
export const limits = {
  ...ruleLimits,
  ...documentLimits,
  /** Rows of one page. */
  page: 500,
  /** Rows of one page of a history. */
  historyPage: 1_000,
  /** Sample customers of a preview. */
  sample: 20,
  /** Conditions that a preview counts alone, in reading order. */
  conditionCounts: 200,
  sortKeys: 5,
  /** Code points of a search. */
  searchLength: 200,
  /** Lists of customers that one user keeps. */
  customerViews: 100,
  /** Customers that a selection may name. */
  selectedIds: 10_000,
  /** Words of a search. */
  searchTerms: 8,
  /** Fields, archived ones counted. */
  fields: 500,
  /** Options of one field, archived ones counted. */
  options: 1_000,
  /** Events of one recording. */
  recordedEvents: 1_000,
  eventTypes: 200,
  /** Properties of one event type. */
  eventProperties: 100,
  /** Code points of the id that an event has where it comes from. */
  sourceIdLength: 200,
  /** Bytes of a request's body. */
  bodyBytes: 1_048_576,
  /** Bytes that the database can store for one customer. */
  customerBytes: 8_160,
  /** Subscriptions of one connection. */
  subscriptions: 50,
  forms: 500,
  /** Questions of a form whose answers are told at once. */
  charts: 50,
  formPages: 50,
  /** Sections of one page of a form, and columns of one section. */
  formSections: 100,
  formColumns: 4,
  /** Items of one column of a form. */
  formItems: 1_000,
  /** Code points of one text of a form. */
  formText: 5_000,
  /** Bytes of one file. */
  fileBytes: mostMegabytes * 1_048_576,
  /** Pictures that one layout names. */
  formPictures: 50,
  /** Bytes of one picture of a form, and of all that one layout names. */
  pictureBytes: mostPictureMegabytes * 1_048_576,
  formPictureBytes: 20 * 1_048_576,
  /** Files that one user, or one address by public forms, sends within a minute. */
  uploads: 120,
  /** Bytes of files of nobody yet, of one user or of one public form; and of pictures of no form yet, of one user. */
  pendingFileBytes: 500 * 1_048_576,
  /** Files that one process takes in at the same time. */
  uploadsAtOnce: 20,
  /** Answers to public forms of one address within a minute. */
  publicAnswers: 60,
  /** Guesses of the passwords of public forms of one address within ten minutes. */
  formPasswordGuesses: 10,
  roles: 100,
  users: 10_000,
  /** Roles of one user. */
  userRoles: 20,
  /** Attributes of one user, and values of one of them. */
  userAttributes: 50,
  attributeValues: 500,
  /** Failed sign-ins within ten minutes for one e-mail or address. */
  loginFailures: 10,
} as const;
