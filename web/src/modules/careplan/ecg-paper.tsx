import type { StripPiece } from '@tongmai/api/careplan/strip'
import { useId } from 'react'

/** A second is 25 mm of paper, a millivolt 10 mm. */
const MM_PER_SECOND = 25
const MM_PER_MV = 10
const HALF_MV = 500

interface EcgPaperProps {
  readonly piece: StripPiece
  /** How many seconds the paper is wide. */
  readonly seconds: number
  /** What it shows, for who cannot see it. */
  readonly label: string
  /** How large a millimetre is drawn at least; narrower screens scroll. */
  readonly pixelsPerMm?: number
}

/** A piece of an ECG on its paper: 25 mm/s, 10 mm/mV, a fine line each millimetre and a strong one each five. */
export function EcgPaper({ piece, seconds, label, pixelsPerMm = 3 }: EcgPaperProps) {
  const name = useId()
  const { hertz, samples } = piece
  const least = Math.floor(samples.reduce((one, next) => Math.min(one, next), -HALF_MV) / HALF_MV) * HALF_MV
  const most = Math.ceil(samples.reduce((one, next) => Math.max(one, next), HALF_MV) / HALF_MV) * HALF_MV
  const width = seconds * MM_PER_SECOND
  const height = ((most - least) / 1000) * MM_PER_MV
  const points = samples
    .map(
      (one, n) =>
        `${((n / hertz) * MM_PER_SECOND).toFixed(2)},${(((most - one) / 1000) * MM_PER_MV).toFixed(2)}`,
    )
    .join(' ')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by key
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="img" aria-label={label}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        style={{ display: 'block', width: '100%', minWidth: width * pixelsPerMm }}
        aria-hidden="true"
      >
        <defs>
          <pattern id={`${name}-1`} width="1" height="1" patternUnits="userSpaceOnUse">
            <path d="M1 0H0V1" fill="none" stroke="var(--tm-bad)" strokeOpacity="0.22" strokeWidth="0.12" />
          </pattern>
          <pattern id={`${name}-5`} width="5" height="5" patternUnits="userSpaceOnUse">
            <path d="M5 0H0V5" fill="none" stroke="var(--tm-bad)" strokeOpacity="0.45" strokeWidth="0.22" />
          </pattern>
        </defs>
        <rect width={width} height={height} fill={`url(#${name}-1)`} />
        <rect width={width} height={height} fill={`url(#${name}-5)`} />
        <polyline
          points={points}
          fill="none"
          stroke="var(--tm-text)"
          strokeWidth="0.35"
          strokeLinejoin="round"
        />
      </svg>
    </div>
  )
}
