"""A refusal: the request was understood, and the answer is no, with a reason a person can act on."""


class Refusal(Exception):
    """Raised by actions. `message` is Japanese and shown as it is; `field` names the form field it belongs to.

    Inside an action's transaction it undoes everything the action did.
    """

    def __init__(self, message: str, *, field: str | None = None, code: str = "refused") -> None:
        super().__init__(message)
        self.message, self.field, self.code = message, field, code
