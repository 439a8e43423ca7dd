import { jestConfig } from '../../../tools/jest.base.ts';

export default jestConfig('adapter-kafka', ['kafka']);
