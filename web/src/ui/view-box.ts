import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react'

/** The part of a drawing that is seen. */
export interface View {
  readonly x: number
  readonly y: number
  /** 1 shows the whole; 8 an eighth of its width. */
  readonly zoom: number
}

const whole: View = { x: 0, y: 0, zoom: 1 }

/** Panning and zooming of a drawing by mouse, finger, wheel and keyboard (arrows, +, −, 0). `unit` is one pixel of the screen. */
export function useView(width: number, height: number) {
  const [view, setView] = useState<View>(whole)
  const svg = useRef<SVGSVGElement>(null)
  const scale = useScale(svg, width, height)
  const from = useRef<{ x: number; y: number }>(undefined)

  const zoomBy = useCallback(
    (factor: number, at = { x: 0.5, y: 0.5 }) =>
      setView((now) => {
        const zoom = Math.min(12, Math.max(1, now.zoom * factor))
        const x = now.x + (width / now.zoom - width / zoom) * at.x
        const y = now.y + (height / now.zoom - height / zoom) * at.y
        return bounded({ x, y, zoom }, width, height)
      }),
    [width, height],
  )
  const panBy = useCallback(
    (right: number, down: number) =>
      setView((now) =>
        bounded({ ...now, x: now.x + right / now.zoom, y: now.y + down / now.zoom }, width, height),
      ),
    [width, height],
  )

  /** Zooms with a place of the drawing, in its own units, in the middle. */
  const zoomTo = useCallback(
    (factor: number, middle: { x: number; y: number }) =>
      setView((now) => {
        const zoom = Math.min(12, Math.max(1, now.zoom * factor))
        const corner = { x: middle.x - width / zoom / 2, y: middle.y - height / zoom / 2 }
        return bounded({ ...corner, zoom }, width, height)
      }),
    [width, height],
  )

  useWheel(svg, zoomBy)

  const onKeyDown = (event: KeyboardEvent) => {
    const step = width / 10
    const way = arrows[event.key]
    if (way) panBy(way[0] * step, way[1] * step)
    else if (event.key === '+' || event.key === '=') zoomBy(1.4)
    else if (event.key === '-') zoomBy(1 / 1.4)
    else if (event.key === '0') setView(whole)
    else return
    event.preventDefault()
  }
  const onPointerDown = ({ clientX, clientY }: PointerEvent) => {
    from.current = { x: clientX, y: clientY }
  }
  const onPointerMove = ({ clientX, clientY, buttons }: PointerEvent) => {
    if (!from.current || buttons === 0) return
    panBy((from.current.x - clientX) / scale, (from.current.y - clientY) / scale)
    from.current = { x: clientX, y: clientY }
  }
  const viewBox = `${view.x} ${view.y} ${width / view.zoom} ${height / view.zoom}`
  return {
    svg,
    view,
    viewBox,
    unit: 1 / (scale * view.zoom),
    zoomBy,
    zoomTo,
    reset: () => setView(whole),
    bind: { onKeyDown, onPointerDown, onPointerMove },
  }
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

function bounded({ x, y, zoom }: View, width: number, height: number): View {
  const most = (size: number) => size - size / zoom
  return { x: Math.min(most(width), Math.max(0, x)), y: Math.min(most(height), Math.max(0, y)), zoom }
}

/** The wheel zooms at the mouse while the drawing has it or the focus. */
function useWheel(
  svg: RefObject<SVGSVGElement | null>,
  zoomBy: (factor: number, at: { x: number; y: number }) => void,
): void {
  useEffect(() => {
    const element = svg.current
    // A passive listener, which React would set, could not keep the page from scrolling.
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !element?.matches(':focus-within, :hover')) return
      event.preventDefault()
      const box = (event.currentTarget as Element).getBoundingClientRect()
      const at = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
      zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2, at)
    }
    element?.addEventListener('wheel', turn, { passive: false })
    return () => element?.removeEventListener('wheel', turn)
  }, [svg, zoomBy])
}

/** Pixels of the screen per unit of the whole drawing. */
function useScale(svg: RefObject<SVGSVGElement | null>, width: number, height: number): number {
  const [scale, setScale] = useState(1)
  useEffect(() => {
    if (!svg.current) return
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setScale(Math.min(entry.contentRect.width / width, entry.contentRect.height / height) || 1)
    })
    watch.observe(svg.current)
    return () => watch.disconnect()
  }, [svg, width, height])
  return scale
}
