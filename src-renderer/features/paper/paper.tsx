import type { Paper as PaperData, PaperBlock } from '../../../src-main/contract/receipts.ts';
import { useWords } from '../words/index.ts';
import './paper.css';

function Block({ block }: { readonly block: PaperBlock }) {
  const { t } = useWords();
  switch (block.kind) {
    case 'text':
      return <p className={`paper-text ${block.align} ${block.size}${block.bold ? ' bold' : ''}`}>{block.text}</p>;
    case 'row':
      return (
        <p className={`paper-row ${block.size}${block.bold ? ' bold' : ''}`}>
          <span>{block.left}</span>
          <span>{block.right}</span>
        </p>
      );
    case 'columns':
      return (
        <p className={`paper-columns${block.bold ? ' bold' : ''}`}>
          {block.cells.map((cell, index) => (
            <span key={index}>{cell}</span>
          ))}
        </p>
      );
    case 'rule':
      return <hr />;
    case 'space':
      return <div className="paper-space" />;
    case 'image':
      return (
        <p className="paper-image">
          <img src={block.src} alt="" style={{ width: `${block.widthDots / 5.76}%` }} />
        </p>
      );
    case 'barcode':
      return (
        <p className="paper-barcode">
          <img src={`data:image/svg+xml,${encodeURIComponent(block.svg)}`} alt={t('receipts.barcode', { code: block.text })} />
          <span>{block.text}</span>
        </p>
      );
    default:
      return unknownBlock(block);
  }
}

function unknownBlock(block: never): never {
  throw new Error(`unknown paper block ${JSON.stringify(block)}`);
}

/** A paper as the printer would print it. */
export const Paper = ({ paper }: { readonly paper: PaperData }) => (
  <article className="paper" lang={paper.language} aria-label={paper.title} data-testid="paper">
    {paper.blocks.map((block, index) => (
      <Block key={index} block={block} />
    ))}
  </article>
);
