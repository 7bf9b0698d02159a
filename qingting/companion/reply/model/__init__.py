"""The model responder: any OpenAI-compatible endpoint, masked and guarded."""
