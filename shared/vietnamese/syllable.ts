/** Spelling of Vietnamese syllables: what tells a rightly decoded text from a wrongly decoded one. */
const ONSETS = '_ b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x'.split(' ')
const RHYMES = new Set(
  (
    'a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây ' +
    'e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu ' +
    'o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ' +
    'ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uan uân uâng uâng uât uây uc uê uêch uên uênh ui um ' +
    'un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ' +
    'ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ych ynh yt'
  ).split(' '),
)
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/gu
/** Rhymes that end in a stop have the tones sắc and nặng only. */
const STOP = /(?:c|ch|p|t)$/u
const MARKED_CONSONANT = /[^aeiouy\p{M}]\p{M}/u
const VOWEL = /[aăâeêioôơuưy]/u

/** Whether this one word, NFC and of any case, is spelled as a Vietnamese syllable. Plain ASCII words may be. */
export function isSyllable(word: string): boolean {
  const split = word.toLowerCase().normalize('NFD')
  const tones = split.match(TONE) ?? []
  if (tones.length > 1 || MARKED_CONSONANT.test(split)) return false
  const plain = split.replace(TONE, '').normalize('NFC')
  const isMarked = tones.length > 0 || /[^a-z]/u.test(plain)
  if (isMarked && STOP.test(plain) && !/[\u0301\u0323]/u.test(tones[0] ?? '')) return false
  return ONSETS.some((onset) => {
    const start = onset === '_' ? '' : onset
    return plain.startsWith(start) && RHYMES.has(plain.slice(start.length))
  })
}

/** `UBND`, `HĐND`: has no vowel, so it says nothing. */
export const isAbbreviation = (word: string): boolean =>
  !VOWEL.test(word.toLowerCase().normalize('NFD').replace(TONE, '').normalize('NFC'))
