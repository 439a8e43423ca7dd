import { useRef, useState } from 'react';
import { tellProblem } from '../../ui/tell-problem.tsx';
import type { Media } from '../../api/types.ts';
import { uploadMedia } from './upload.ts';

/** One upload at a time: how far it is, and what stops it. */
export const useUpload = (onDone: (media: Media) => void) => {
  const [share, setShare] = useState<number>();
  const running = useRef<AbortController>(null);
  const stop = (): void => {
    running.current?.abort();
    setShare(undefined);
  };
  const start = (file: File | null): void => {
    if (!file) return;
    running.current = new AbortController();
    setShare(0);
    uploadMedia(file, { onProgress: setShare, signal: running.current.signal })
      .then(onDone, tellProblem)
      .finally(() => {
        setShare(undefined);
      });
  };
  return { share, start, stop };
};
