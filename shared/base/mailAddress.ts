import * as z from 'zod'

const LOCAL_PART = 64

/**
 * One bare address, as it goes into an envelope: no name, no list, no quotes, no line ends. The domain is told without
 * case; the part before it belongs to its server and stays as typed.
 */
export const MailAddress = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .refine((address) => address.indexOf('@') <= LOCAL_PART)
  .transform((address) => {
    const at = address.lastIndexOf('@')
    return address.slice(0, at) + address.slice(at).toLowerCase()
  })
