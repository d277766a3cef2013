// npm start: builds what is out of date and becomes the server. In one process, so that a signal reaches the server itself.
import { build } from './build.mjs';

/** npm keeps a signal that ends it to itself, and leaves us without anybody who could end us. */
function endWithNpm() {
  const npm = process.ppid;
  const watch = () => {
    if (process.ppid !== npm) process.kill(process.pid, 'SIGTERM');
  };
  setInterval(watch, 500).unref();
}

if (process.env.npm_lifecycle_event) endWithNpm();
if (await build()) await import('../server/dist/main.js');
else process.exitCode = 1;
