import { notifications } from '@mantine/notifications';
import { ProblemText } from './problem-alert.tsx';

/** Tells what went wrong with something that has no place of its own on the page to say so. */
export const tellProblem = (error: unknown): void => {
  notifications.show({
    message: <ProblemText error={error} />,
    color: 'red',
    withBorder: true,
    autoClose: 10_000,
  });
};
