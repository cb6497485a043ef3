import { useQuery } from '@tanstack/react-query'
import { fetchPart } from './fetchPart.ts'
import { queryKey } from './queryKey.ts'

/**
 * A part of the program that is fetched once, when it is wanted or may soon be; see {@link fetchPart} for what can fail.
 * @param name unlike that of any other part
 * @returns the module, or why it did not come and a way to try again; neither while it comes
 */
export function usePart<T>(name: string, load: () => Promise<T>, wanted = true) {
  const { data, error, refetch } = useQuery({
    queryKey: queryKey.part(name),
    queryFn: () => fetchPart(load),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    // Without a network it says so instead of waiting for one.
    networkMode: 'always',
  })
  return { part: data, error, again: () => void refetch() }
}
