/** The sign of the product: one pulse. */
export function Mark({ size, ground = '#0f766e' }: { size: number; ground?: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill={ground} />
      <path
        d="M5 17h5l3-8 5 15 3.5-9.5 1.5 2.5h4"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
