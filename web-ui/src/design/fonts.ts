// Pretendard (SIL Open Font License 1.1), cut into small pieces: a page loads only those that its characters need.
import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css';
