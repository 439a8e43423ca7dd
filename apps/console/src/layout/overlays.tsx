import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';

/** Where dialogs and notifications appear. Nothing of it is seen at first, so it is loaded behind the page. */
export const Overlays = () => (
  <>
    <Notifications position="bottom-right" />
    <ModalsProvider>{null}</ModalsProvider>
  </>
);
