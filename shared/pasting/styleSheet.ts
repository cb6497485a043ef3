/** CSS declarations by lower-case name; the later one wins. */
export type Declarations = ReadonlyMap<string, string>

/** What the style sheet says of an element. Simple selectors only (`p`, `.xl65`, `p.MsoNormal`): programs write no others. */
export type StyleSheet = (tag: string, classes: readonly string[]) => Declarations

/** `mso-list:l0 level1 lfo1; font-weight:bold`. Read by hand: a browser drops every property it does not know. */
export function readDeclarations(style: string): Declarations {
  const found = new Map<string, string>()
  // A semicolon inside quotes belongs to a name, in parentheses to an address.
  for (const [, name = '', value = ''] of style.matchAll(
    /([\w-]+)\s*:\s*((?:"[^"]*"|'[^']*'|\([^)]*\)|[^;"'(])*)/g,
  ))
    found.set(name.toLowerCase(), value.replace(/!important/i, '').trim())
  return found
}

export function readStyleSheet(css: string): StyleSheet {
  const rules = new Map<string, Declarations>()
  // Cut up by hand: a pattern would go over a long text without braces again and again.
  for (const part of withoutComments(css).split('}')) {
    const brace = part.lastIndexOf('{')
    if (brace === -1) continue
    const selectors = part.slice(part.lastIndexOf('{', brace - 1) + 1, brace)
    if (selectors.includes('@')) continue
    const body = part.slice(brace + 1)
    const declarations = readDeclarations(body)
    for (const selector of selectors.split(',')) {
      const key = selector.trim().toLowerCase()
      if (/^[\w-]*(?:\.[\w-]+)?$/.test(key) && key !== '')
        rules.set(key, new Map([...(rules.get(key) ?? []), ...declarations]))
    }
  }
  if (rules.size === 0) return () => new Map()
  return (tag, classes) => {
    const name = tag.toLowerCase()
    const keys = [name]
    for (const one of classes) keys.push(`.${one.toLowerCase()}`)
    for (const one of classes) keys.push(`${name}.${one.toLowerCase()}`)
    return new Map(keys.flatMap((key) => [...(rules.get(key) ?? [])]))
  }
}

/** Word hides its rules from old browsers in a comment of HTML, which is none in CSS. */
const withoutComments = (css: string): string =>
  css
    .replace(/<!--|-->/g, '')
    .split('/*')
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('*/') + 2)))
    .join('')
