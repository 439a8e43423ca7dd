import { jestConfig } from '../../../tools/jest.base.ts';

export default jestConfig('channel-webhook');
