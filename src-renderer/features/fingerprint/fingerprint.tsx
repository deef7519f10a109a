import './fingerprint.css';

/** A fingerprint as browsers write it, two digits at a time, in lines of eight: easy to compare piece by piece. */
export function Fingerprint({ digits, testId }: { readonly digits: string; readonly testId: string }) {
  const pairs = digits.match(/../g) ?? [];
  const lines = [0, 8, 16, 24].map((from) => pairs.slice(from, from + 8));
  return (
    <code className="fingerprint" data-testid={testId}>
      {lines.map((line, index) => (
        <span key={index}>{line.join(':') + (index < lines.length - 1 ? ':' : '')}</span>
      ))}
    </code>
  );
}
