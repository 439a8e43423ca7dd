import { Anchor, Button, NavLink } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

/** Components that lead to pages of the console; addresses that do not exist do not compile. */
export const AnchorLink = createLink(Anchor<'a'>);
export const ButtonLink = createLink(Button<'a'>);
export const NavigationLink = createLink(NavLink<'a'>);
