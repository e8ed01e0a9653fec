/**
 * The ways to choose versions that the design of Zero Install names as examples, in its order. Apart from the schemas, which the page
 * does not need to load.
 */
export const presets = ['latest', 'cached', 'stable', 'distribution', 'secure', 'held', 'own'] as const;
