import { createContext, useContext, useMemo } from 'react';
import type { Me, Role } from '../api/types.ts';

export const MeContext = createContext<Me>({ name: '', role: 'analyst' });

interface Rights extends Me {
  /** Whether pages and buttons of these roles are shown. What is hidden, the API refuses as well. Admins may do all. */
  readonly may: (...roles: readonly Role[]) => boolean;
}

/** Who is signed in. */
export const useMe = (): Rights => {
  const me = useContext(MeContext);
  return useMemo(
    () => ({ ...me, may: (...roles) => me.role === 'admin' || roles.includes(me.role) }),
    [me],
  );
};
