import './tokens.css';
import './base.css';
import './components.css';
import './list-row.css';
import './segments.css';
