/** All levels, lowest first: the order is the meaning. Apart from the schemas, which selecting does not need to load. */
export const stabilities = ['insecure', 'buggy', 'developer', 'testing', 'stable', 'packaged', 'preferred'] as const;
