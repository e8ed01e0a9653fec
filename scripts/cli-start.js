// The first file of the command line. Kept this small so that the compile cache is on before anything else is compiled.
import module from 'node:module';

module.enableCompileCache?.();
await import('./main.js');
