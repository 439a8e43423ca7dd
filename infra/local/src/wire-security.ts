/** What secures the way to a server: TLS, and who may come in. Without it servers speak plainly, with everybody. */
export interface Wire {
  /** PEM files; the key is not encrypted (PKCS #8). */
  readonly key: string;
  readonly certificate: string;
  /** The only one who may come in. The MongoDB server knows no users and lets everybody in. */
  readonly user: { readonly username: string; readonly password: string };
}
