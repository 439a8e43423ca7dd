import { createHmac } from 'node:crypto';

/** What a shop signs with: derived from the deployment's secret and the shop's name, so that it is kept nowhere. */
export const shopSecretOf = (deploymentSecret: string, shop: string): string =>
  createHmac('sha256', deploymentSecret).update(`shop\u0000${shop}`).digest('base64url');
