import { Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../../kernel/words.ts'
import { residentWords } from './words.ts'

/** The browser's own reader of bars and squares; not every browser has one. */
interface Detector {
  readonly detect: (from: HTMLVideoElement) => Promise<readonly { readonly rawValue: string }[]>
}
type DetectorClass = new (options: { formats: readonly string[] }) => Detector
const detectorOf = (): DetectorClass | undefined =>
  (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector

/** Whether this browser can read a code with its camera. */
export const canScan = (): boolean => detectorOf() !== undefined && 'mediaDevices' in navigator

const EVERY_MS = 200

/** The camera, until it has read something. */
export function ScanDialog({ onRead, onClose }: { onRead: (text: string) => void; onClose: () => void }) {
  const t = useWords(residentWords)
  const video = useRef<HTMLVideoElement>(null)
  const [blind, setBlind] = useState(false)
  const tell = useRef(onRead)
  tell.current = onRead
  useEffect(() => {
    const Reader = detectorOf()
    let stream: MediaStream | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    const look = async (reader: Detector, from: HTMLVideoElement) => {
      const [found] = await reader.detect(from).catch(() => [])
      if (over) return
      if (found) tell.current(found.rawValue)
      else timer = setTimeout(() => void look(reader, from), EVERY_MS)
    }
    const start = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      if (over) return stop(stream)
      const from = video.current
      if (!Reader || !from) return setBlind(true)
      from.srcObject = stream
      await from.play()
      await look(new Reader({ formats: ['qr_code', 'code_128'] }), from)
    }
    void start().catch(() => setBlind(true))
    return () => {
      over = true
      clearTimeout(timer)
      if (stream) stop(stream)
    }
  }, [])
  return (
    <Modal open title={t('scan.title')} footer={null} onCancel={onClose}>
      {blind ? (
        <p role="alert">{t('scan.no-camera')}</p>
      ) : (
        <>
          <p className="tm-quiet">{t('scan.hint')}</p>
          <video ref={video} muted playsInline style={{ width: '100%', borderRadius: 8 }} />
        </>
      )}
    </Modal>
  )
}

const stop = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop()
}
