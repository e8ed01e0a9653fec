export * from './app.ts';
export * from './cache.ts';
export * from './error.ts';
export * from './ids.ts';
export * from './job.ts';
export * from './settings.ts';
export * from './solve.ts';
export * from './stability.ts';
