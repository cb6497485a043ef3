export const LANGUAGES = ['vi', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export type TextValues = Readonly<Record<string, string | number>>
export type Texts = Readonly<Record<Language, Readonly<Record<string, string>>>>

/** What a translation of `Source` must have: every key, and singular forms where the language has them. */
export type Words<Source> = { readonly [Key in keyof Source]: string } & {
  readonly [Key in `${string}_one`]?: string
}

/** A plural is kept as `key_other` (and `key_one` in English) and asked for as `key` with `{count}`. */
export type Singular<Key> = Key extends `${infer Base}_other` ? Base : Key

const plurals = { vi: new Intl.PluralRules('vi'), en: new Intl.PluralRules('en') }

/** @returns the words of `key` with `{{name}}` filled in, in Vietnamese where the language has none; else the key itself */
export function sayWith(
  texts: Texts,
  language: Language,
  key: string,
  values: TextValues = {},
): string {
  const text = textOf(texts, language, key, values) ?? textOf(texts, 'vi', key, values) ?? key
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole))
}

function textOf(texts: Texts, language: Language, key: string, { count }: TextValues) {
  const known = texts[language]
  if (typeof count !== 'number') return known[key]
  return known[`${key}_${plurals[language].select(count)}`] ?? known[`${key}_other`] ?? known[key]
}
