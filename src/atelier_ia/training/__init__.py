"""Step 4 of the method: train. Who learns (`roster`), who came (`attendance`), exercises, grading and feedback."""
