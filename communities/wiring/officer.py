"""What the officer's day registers at the ports of lower floors. Done once, when the app is ready and imports this."""

from portal.kernel import ports

from ..mails import inquiries as inquiry_mails
from ..personal import officer as personal_officer

ports.personal_data.register("communities.officer", personal_officer.personal_data)
ports.job_handlers.register("communities.send_inquiry", inquiry_mails.send)
ports.job_handlers.register("communities.remind_inquiry", inquiry_mails.remind)
ports.job_handlers.register("communities.thank_inquiry", inquiry_mails.thank)
