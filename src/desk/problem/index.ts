export { decideProblem, proposed, type ProblemAsk } from "./decide.ts";
