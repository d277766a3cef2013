/** The few kinds of address that the server answers at; everything that is not one of the server's own belongs to the web app. */
export type RouteClass =
  'graphql' | 'health' | 'metrics' | 'imports' | 'exports' | 'files' | 'schemas' | 'form' | 'web';

const CLASSES: Readonly<Record<string, RouteClass>> = {
  graphql: 'graphql',
  health: 'health',
  metrics: 'metrics',
  imports: 'imports',
  exports: 'exports',
  files: 'files',
  pictures: 'files',
  schemas: 'schemas',
  f: 'form',
};

/** The kind of a path, by its first segment. */
export function routeClass(path: string): RouteClass {
  const first = path.split('/', 2)[1] ?? '';
  return (Object.hasOwn(CLASSES, first) && CLASSES[first]) || 'web';
}
