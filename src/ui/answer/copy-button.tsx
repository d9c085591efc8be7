import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useApp } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import styles from './copy-button.module.css';

/** Copies the answer as the model wrote it. */
export function CopyButton({ text }: { readonly text: string }) {
  const { alerts } = useApp();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => alerts.raise('The browser did not allow copying. Select the text and copy it with the keyboard.'),
    );
  return (
    <Button kind="quiet" className={styles.copy} icon={copied ? Check : Copy} onClick={() => void copy()}>
      {copied ? 'Copied' : 'Copy answer'}
    </Button>
  );
}
