import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json } from '../../../shared/base/canonicalJson.ts'
import { closeCode } from '../../../shared/base/errors.ts'
import { AgencyId, ClauseId, DocumentId, idFromBytes, Sha256 } from '../../../shared/base/ids.ts'
import { sha256Hex } from '../../../shared/base/sha256.ts'

describe('canonicalJson', () => {
  const json = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.maxSafeInteger(),
      fc.string({ unit: 'binary' }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 5 }),
    ),
  })).value
  const turned = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(turned)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, turned(inner as Json)]),
    )
  }

  test('says the same as JSON, in one spelling', () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = canonicalJson(value)
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(turned(value))).toBe(written)
        expect(canonicalJson(JSON.parse(written) as Json)).toBe(written)
      }),
    )
  })

  test('keys sorted, no white space', () => {
    expect(canonicalJson({ b: [1, null, true], a: { đ: 'ế', d: '"' } })).toBe(
      '{"a":{"d":"\\"","đ":"ế"},"b":[1,null,true]}',
    )
  })

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d', (number) => {
    expect(() => canonicalJson({ number })).toThrow(/safe integer/)
  })
})

describe('ids', () => {
  test('21 characters, the same from the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (bytes) => {
        fc.pre(bytes.filter((byte) => byte < 252).length >= 21)
        const id = idFromBytes(bytes)
        expect(DocumentId.parse(id)).toBe(id)
        expect(idFromBytes(bytes)).toBe(id)
      }),
    )
  })

  test('every byte that is used gives every letter equally often', () => {
    const counts = new Map<string, number>()
    for (let byte = 0; byte < 252; byte += 1) {
      const letter = idFromBytes(new Uint8Array([byte]), 1)
      counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
    expect(counts.size).toBe(36)
    expect(new Set(counts.values())).toEqual(new Set([7]))
  })

  test('too few bytes are an error, never a short id', () => {
    expect(() => idFromBytes(new Uint8Array(20))).toThrow(/not enough/)
    expect(() => idFromBytes(new Uint8Array(64).fill(255))).toThrow(/not enough/)
  })

  test('what is no id is refused at the edge', () => {
    for (const text of ['', 'stc:person', '../etc', 'STC', 'a'.repeat(33)])
      expect(AgencyId.safeParse(text).success).toBe(false)
    for (const text of ['', 'a/b', 'a b', 'x'.repeat(65)])
      expect(ClauseId.safeParse(text).success).toBe(false)
    expect(AgencyId.safeParse('vpdbqh').success).toBe(true)
    expect(ClauseId.safeParse('V1StGXR8_Z5jdHi6B-myT').success).toBe(true)
    expect(ClauseId.safeParse('V1StGXR8~2').success).toBe(true)
  })
})

test('SHA-256 of the standard’s own examples, text as UTF-8', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256Hex('đ')).toBe(sha256Hex(new Uint8Array([0xc4, 0x91])))
  expect(Sha256.safeParse(sha256Hex('')).success).toBe(true)
})

test('close codes are 4000 and the status, as the stock client expects them', () => {
  expect(closeCode('document/locked')).toBe(4423)
  expect(closeCode('sync/other-epoch')).toBe(4409)
  expect(closeCode('protocol/outdated')).toBe(4426)
  expect(closeCode('server/busy')).toBe(4503)
})
