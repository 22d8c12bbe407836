import { useCallback, useEffect, useState } from 'react'
import { useLanguage } from './words.ts'

/** Reads text aloud with the phone's own voice; `can` is false where it has none. */
export function useAloud(): {
  can: boolean
  reading: boolean
  read: (text: string) => void
  stop: () => void
} {
  const into = useLanguage()
  const [reading, setReading] = useState(false)
  const can = typeof speechSynthesis !== 'undefined'
  const stop = useCallback(() => {
    if (can) speechSynthesis.cancel()
    setReading(false)
  }, [can])
  const read = useCallback(
    (text: string) => {
      const speech = new SpeechSynthesisUtterance(text)
      speech.lang = into === 'zh' ? 'zh-CN' : 'en'
      speech.rate = 0.9
      speech.onend = () => setReading(false)
      speechSynthesis.cancel()
      speechSynthesis.speak(speech)
      setReading(true)
    },
    [into],
  )
  useEffect(() => stop, [stop])
  return { can, reading, read, stop }
}
