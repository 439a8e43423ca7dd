/** What survives JSON unchanged: the only thing events, messages and read models are made of. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** `T` where all of it is JSON-safe, `never` in the places where it is not. For type tests. */
export type JsonSafe<T> = T extends Json
  ? T
  : T extends object
    ? { [K in keyof T]: JsonSafe<T[K]> }
    : never;
