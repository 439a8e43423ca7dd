import { Group, Image, Text } from '@mantine/core';
import { AnchorLink } from '../ui/links.tsx';
import logo from './crier.svg';

export const Brand = () => (
  <AnchorLink to="/broadcasts" underline="never" c="inherit">
    <Group gap="xs" wrap="nowrap">
      <Image src={logo} alt="" w={28} h={28} />
      <Text fw={700} size="lg">
        Crier
      </Text>
    </Group>
  </AnchorLink>
);
