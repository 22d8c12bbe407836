import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react'

interface SignPadProps {
  readonly label: string
  readonly clearLabel: string
  /** The picture after each stroke; null when it has been wiped. */
  readonly onChange: (picture: File | null) => void
}

const RATIO = 3

/** The picture, at once: one that came a moment later would be wanting when it is sent, or be back after it was wiped. */
function pictureOf(pad: HTMLCanvasElement): File {
  const [, base64 = ''] = pad.toDataURL('image/png').split(',')
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  return new File([bytes], 'signature.png', { type: 'image/png' })
}

/** A box to sign in, with a finger, a pen or the mouse; gives a PNG with black ink on white. */
export function SignPad({ label, clearLabel, onChange }: SignPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawing = useRef(false)
  const [signed, setSigned] = useState(false)

  const wipe = useCallback(() => {
    const pad = canvas.current
    const pen = pad?.getContext('2d')
    if (!pad || !pen) return
    const { width } = pad.getBoundingClientRect()
    pad.width = width * 2
    pad.height = (width * 2) / RATIO
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, pad.width, pad.height)
    pen.strokeStyle = '#111'
    pen.lineWidth = 5
    pen.lineCap = 'round'
    pen.lineJoin = 'round'
  }, [])
  useEffect(wipe, [wipe])

  const at = ({ nativeEvent, currentTarget }: PointerEvent<HTMLCanvasElement>) => {
    const scale = currentTarget.width / currentTarget.getBoundingClientRect().width
    return [nativeEvent.offsetX * scale, nativeEvent.offsetY * scale] as const
  }
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = true
    const pen = event.currentTarget.getContext('2d')
    pen?.beginPath()
    pen?.moveTo(...at(event))
  }
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!drawing.current) return
    const pen = event.currentTarget.getContext('2d')
    pen?.lineTo(...at(event))
    pen?.stroke()
  }
  const up = () => {
    if (!drawing.current) return
    drawing.current = false
    setSigned(true)
    if (canvas.current) onChange(pictureOf(canvas.current))
  }
  const clear = () => {
    wipe()
    setSigned(false)
    onChange(null)
  }
  return (
    <div>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        style={{
          width: '100%',
          aspectRatio: String(RATIO),
          border: '1px dashed currentColor',
          borderRadius: 6,
          touchAction: 'none',
          background: '#fff',
        }}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
      <button type="button" className="tm-link" disabled={!signed} onClick={clear}>
        {clearLabel}
      </button>
    </div>
  )
}
