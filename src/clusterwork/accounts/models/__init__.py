"""The room's facts, a file a noun."""

from clusterwork.accounts.models.answer_link import AnswerLink
from clusterwork.accounts.models.api_token import ApiToken
from clusterwork.accounts.models.attempt import Attempt
from clusterwork.accounts.models.delegation import Delegation
from clusterwork.accounts.models.invitation import Invitation
from clusterwork.accounts.models.person import Person
from clusterwork.accounts.models.role import Role

__all__ = ["AnswerLink", "ApiToken", "Attempt", "Delegation", "Invitation", "Person", "Role"]
