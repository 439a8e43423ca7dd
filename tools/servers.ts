/** The variable that says where a server listens; see `npm run infra -- env`. */
export const ADDRESSES = {
  eventstoredb: 'CRIER_TEST_EVENTSTOREDB',
  kafka: 'CRIER_TEST_KAFKA',
  mongodb: 'CRIER_TEST_MONGODB',
} as const;

export type Server = keyof typeof ADDRESSES;
