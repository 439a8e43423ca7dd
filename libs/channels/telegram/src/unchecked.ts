/** What comes from outside is not surely of its type. */
export type Unchecked<T> = T extends object ? { readonly [Key in keyof T]?: Unchecked<T[Key]> } : T;
