import { find } from '../../kernel/words.ts'

/** Why a call failed, as people read it: a code with words, what the receiver answered, or somebody’s own sentence. */
export function problemText(problem: string): string {
  const [, status] = /^interop\.receiver-answered-(\d+)$/.exec(problem) ?? []
  return status ? `HTTP ${status}` : (find(problem) ?? problem)
}
