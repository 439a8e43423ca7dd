import { appBundle } from '../../tools/rolldown.base.mjs';

export default appBundle({ main: 'src/main.ts' });
