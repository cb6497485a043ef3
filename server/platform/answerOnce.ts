/**
 * Remembers answers that never change, as those about the log up to a row: whoever asks while one is being worked out
 * waits for it, and the last ones asked for are there already. A failure is not remembered.
 * @param most answers that are kept for one owner, as a database is
 */
export function answerOnce<T>(most: number) {
  const owners = new WeakMap<object, Map<string, Promise<T>>>()
  return (owner: object, key: string, work: () => Promise<T>): Promise<T> => {
    const known = owners.get(owner) ?? new Map<string, Promise<T>>()
    owners.set(owner, known)
    const answer = known.get(key) ?? work()
    known.delete(key)
    known.set(key, answer)
    for (const oldest of known.keys()) {
      if (known.size <= most) break
      known.delete(oldest)
    }
    answer.catch(() => {
      if (known.get(key) === answer) known.delete(key)
    })
    return answer
  }
}
