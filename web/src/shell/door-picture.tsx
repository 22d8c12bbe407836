import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'
import { Mark } from './mark.tsx'

/** Left of the sign-in form: the name, and several lines that become one pulse. */
export function DoorPicture() {
  const t = useWords(webWords)
  return (
    <div className="tm-door-picture">
      <Mark size={44} ground="#1d6d66" />
      <svg className="tm-door-pulse" viewBox="0 0 620 260" fill="none" aria-hidden="true">
        <g stroke="#5fa9a1" strokeWidth="1.5">
          <path d="M0 20C140 20 180 130 300 130" />
          <path d="M0 75C120 75 190 130 300 130" />
          <path d="M0 130H300" />
          <path d="M0 185C120 185 190 130 300 130" />
          <path d="M0 240C140 240 180 130 300 130" />
        </g>
        <path
          d="M300 130h48l20-58 34 112 26-70 14 16h178"
          stroke="#eef6f4"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <div>
        <h1>{t('product')}</h1>
        <p>{t('slogan')}</p>
      </div>
    </div>
  )
}
