import { useAloud } from '../../kernel/aloud.ts'
import { meWords } from '../../kernel/resident-words.ts'
import { useWords } from '../../kernel/words.ts'
import { Button } from './button.tsx'

/** Reads the text of the open page aloud; absent where the phone has no voice. */
export function Aloud() {
  const t = useWords(meWords)
  const { can, reading, read, stop } = useAloud()
  if (!can) return null
  const begin = () => read(textOf(document.getElementById('main')))
  return (
    <Button quiet onClick={reading ? stop : begin}>
      {t(reading ? 'listen-stop' : 'listen')}
    </Button>
  )
}

/** What a page says, with a pause after each piece. */
function textOf(page: HTMLElement | null): string {
  const pieces = [...(page?.querySelectorAll('h2, p, b, small, li, dt, dd') ?? [])]
  return pieces
    .filter((piece) => !piece.querySelector('p, b, small'))
    .map((piece) => piece.textContent?.trim())
    .filter(Boolean)
    .join('。')
}
