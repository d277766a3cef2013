import type { App } from 'vue';
import { FilesDocument } from '../api/generated/graphql.ts';
import { useApi } from '../api/client.ts';
import { fileSource } from './files.ts';

/** Lets an app ask the server what files are called; it has to have the API by then. */
export function installFiles(app: App): void {
  const api = app.runWithContext(useApi);
  app.provide(fileSource, async (ids) => (await api.query(FilesDocument, { ids: [...ids] })).files);
}
