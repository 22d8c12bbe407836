/** One wave of a heartbeat: when in the beat (0 to 1), how wide, how high in mV. */
interface Wave {
  readonly at: number
  readonly wide: number
  readonly high: number
}

const waves: readonly Wave[] = [
  { at: 0.18, wide: 0.025, high: 0.15 },
  { at: 0.345, wide: 0.009, high: -0.12 },
  { at: 0.37, wide: 0.011, high: 1.15 },
  { at: 0.395, wide: 0.01, high: -0.28 },
  { at: 0.62, wide: 0.045, high: 0.3 },
]

/** An imagined sinus rhythm as one lead shows it, in mV: sums of bell curves, a breathing baseline, beats not quite alike. */
export function drawEcg(of: {
  readonly seconds: number
  readonly hertz: number
  readonly perMinute: number
  readonly random: () => number
}): number[] {
  const { seconds, hertz, perMinute, random } = of
  const samples: number[] = []
  let begun = 0
  let lasts = 60 / perMinute
  for (let n = 0; n < seconds * hertz; n++) {
    const second = n / hertz
    if (second - begun >= lasts) {
      begun += lasts
      lasts = (60 / perMinute) * (0.96 + random() * 0.08)
    }
    const place = (second - begun) / lasts
    const beat = waves.reduce(
      (sum, { at, wide, high }) => sum + high * Math.exp(-(((place - at) / wide) ** 2) / 2),
      0,
    )
    const baseline = 0.05 * Math.sin(second * 1.6)
    samples.push(Math.round((beat + baseline + (random() - 0.5) * 0.02) * 1000) / 1000)
  }
  return samples
}
