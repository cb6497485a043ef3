/** What a translation of `Source` must have: every key, and singular forms where the language has them. */
export type Words<Source> = { readonly [Key in keyof Source]: string } & {
  readonly [Key in `${string}_one`]?: string
}
