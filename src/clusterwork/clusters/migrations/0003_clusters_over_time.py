import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from clusterwork.tables.migrating import Together


class Migration(Together):
    dependencies = [
        ("clusters", "0002_policies_never_change"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("registry", "0006_holidays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.importrun",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                    ),
                ),
                ("rows", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("n_past", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "formation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="askings",
                        to="clusters.formation",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("closes_on", models.DateField(verbose_name="answers until")),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("formation", "number"), name="asking_number_once_a_formation"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("formation",),
                        name="asking_one_open_a_formation",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Cluster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                    ),
                ),
                (
                    "code",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="code"),
                ),
                ("working_name", models.CharField(max_length=200, verbose_name="working name")),
                (
                    "name",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="name"),
                ),
                (
                    "name_cy",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="name in Welsh"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("recognised", "Recognised"),
                            ("active", "Active"),
                            ("closing", "Closing"),
                            ("closed", "Closed"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mini_clusters",
                        to="clusters.cluster",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "cluster",
                "verbose_name_plural": "clusters",
                "ordering": ("working_name", "pk"),
                "indexes": [
                    models.Index(fields=["organisation", "status"], name="cluster_by_status")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__isnull", True),
                            ("end_on__gt", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="cluster_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("organisation", "code"),
                        name="cluster_code_once_an_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="cluster_not_inside_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "formation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmation",
                        to="clusters.formation",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.proposal",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="clusters begin")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("confirmed_at", "pk"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="EligibilityVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="eligibility",
                        to="clusters.programme",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("facts", models.JSONField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("saved_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "number"), name="eligibility_number_once_a_programme"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FormationLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "formation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="clusters.formation",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                ("weight", models.FloatField(default=1.0)),
                ("because", models.CharField(blank=True, default="", max_length=300)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("made_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("formation", "school", "other"), name="formation_link_once_a_pair"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("school", models.F("other")), _negated=True),
                        name="formation_link_between_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0), ("weight__lte", 1)),
                        name="formation_link_weight",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Headship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("substantive", "Substantive"),
                            ("acting", "Acting"),
                            ("executive", "Executive"),
                            ("vacant", "Vacant"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, default="", max_length=150, verbose_name="name"),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "headship",
                "verbose_name_plural": "headships",
                "ordering": ("start_on", "pk"),
                "indexes": [models.Index(fields=["school", "start_on"], name="headship_of_school")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__isnull", True),
                            ("end_on__gt", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="headship_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "vacant"), ("name", ""), ("person__isnull", True)),
                            models.Q(
                                models.Q(("kind", "vacant"), _negated=True),
                                models.Q(("name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="headship_names_its_head",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="headship_one_at_a_time",
                        violation_error_message="The school already has a headship for part of that time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("college", "College"),
                            ("nursery", "Nursery"),
                            ("health", "Health service"),
                            ("university", "University"),
                            ("employer", "Employer"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_cy",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="name in Welsh"
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "name"), name="partner_name_once_a_kind"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
                        to="clusters.programme",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strategy", "Strategy group of heads"),
                            ("governors", "Governors"),
                            ("diocese", "Diocese"),
                            ("steering", "Steering group"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_cy",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="name in Welsh"
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "name"), name="programme_group_name_once"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ProgrammePriority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="priorities",
                        to="clusters.programme",
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300, verbose_name="priority")),
                (
                    "text_cy",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="priority in Welsh"
                    ),
                ),
            ],
            options={
                "ordering": ("place", "pk"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RegisterBookmark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_change_id", models.BigIntegerField(default=0)),
                ("read_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "formation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rounds",
                        to="clusters.formation",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="round",
                        to="clusters.proposal",
                    ),
                ),
                ("closes_on", models.DateField(verbose_name="answers until")),
                (
                    "message",
                    models.TextField(blank=True, default="", verbose_name="message to the schools"),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("formation", "number"), name="round_number_once_a_formation"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("formation",),
                        name="round_one_open_a_formation",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="clusters.round",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accept", "Accept"),
                            ("accept_with_comment", "Accept with a comment"),
                            ("ask_to_move", "Ask to move"),
                            ("decline", "Decline"),
                        ],
                        max_length=20,
                    ),
                ),
                ("comment", models.TextField(blank=True, default="", verbose_name="comment")),
                (
                    "wanted",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.proposedcluster",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("by_link", models.BooleanField(default=False)),
                ("answered_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("school__sort_key", "school_id", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "school", "number"), name="answer_number_once_a_school"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "ask_to_move"), _negated=True),
                            ("wanted__isnull", False),
                            models.Q(("comment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_to_move_says_where_or_why",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("coordinator", "Cluster coordinator"),
                            ("strand_coordinator", "Strand coordinator"),
                            ("link_adviser", "Link adviser"),
                            ("link_person", "Link person of a school"),
                            ("chair_of_governors", "Chair of governors"),
                            ("governor_representative", "Governor representative"),
                            ("finance_lead", "Finance lead"),
                            ("clerk", "Clerk"),
                        ],
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "email",
                    models.EmailField(
                        blank=True, default="", max_length=254, verbose_name="e-mail"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "strand",
                    models.CharField(blank=True, default="", max_length=150, verbose_name="strand"),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "reason",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="why it ended"
                    ),
                ),
            ],
            options={
                "verbose_name": "appointment",
                "verbose_name_plural": "appointments",
                "ordering": ("role", "start_on", "pk"),
                "indexes": [
                    models.Index(
                        fields=["cluster", "role", "start_on"], name="appointment_of_cluster"
                    ),
                    models.Index(fields=["person", "start_on"], name="appointment_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__isnull", True),
                            ("end_on__gt", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="appointment_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("role__in", ("chair", "link_person", "chair_of_governors")),
                                _negated=True,
                            ),
                            ("school__isnull", False),
                            _connector="OR",
                        ),
                        name="appointment_names_its_school",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "chair")),
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="appointment_one_chair",
                        violation_error_message="The cluster already has a chair for part of that time. End the other's time in the chair first, or choose other dates.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "link_adviser")),
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="appointment_one_link_adviser",
                        violation_error_message="There is already a link adviser for part of that time.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "link_person")),
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="appointment_one_link_person",
                        violation_error_message="The school already has a link person for part of that time.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "chair_of_governors")),
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="appointment_one_chair_of_governors",
                        violation_error_message="The school already has a chair of governors for part of that time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArrivalStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "arrival",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="clusters.arrival",
                    ),
                ),
                (
                    "happening",
                    models.CharField(
                        choices=[
                            ("cluster_new", "New cluster"),
                            ("cluster_changed", "Changed cluster"),
                            ("member_new", "New membership"),
                            ("member_ended", "Ended membership"),
                            ("member_changed", "Changed membership"),
                            ("office_new", "New appointment"),
                            ("office_changed", "Changed appointment"),
                            ("programme_new", "Takes part in a programme"),
                        ],
                        max_length=16,
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("cluster", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=300)),
                ("differences", models.JSONField(default=list)),
                ("is_past", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [
                    models.Index(fields=["arrival", "happening"], name="arrival_by_happening")
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="AskedSchool",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked",
                        to="clusters.asking",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.TextField(blank=True, default="", verbose_name="anything else")),
            ],
            options={
                "ordering": ("school__sort_key", "school_id"),
                "constraints": [
                    models.UniqueConstraint(fields=("asking", "school"), name="asked_school_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ClusterEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="row_versions",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.organisation",
                    ),
                ),
                (
                    "code",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="code"),
                ),
                ("working_name", models.CharField(max_length=200, verbose_name="working name")),
                (
                    "name",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="name"),
                ),
                (
                    "name_cy",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="name in Welsh"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("recognised", "Recognised"),
                            ("active", "Active"),
                            ("closing", "Closing"),
                            ("closed", "Closed"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ConfirmedCluster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "confirmation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clusters",
                        to="clusters.confirmation",
                    ),
                ),
                (
                    "proposed",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.proposedcluster",
                    ),
                ),
                (
                    "cluster",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmed",
                        to="clusters.cluster",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DioceseComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="diocese_comments",
                        to="clusters.round",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                    ),
                ),
                ("text", models.TextField(verbose_name="comment")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("at", "pk"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="EligibilityCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="clusters.eligibilityversion",
                    ),
                ),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("-on", "-pk"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_names",
                        to="clusters.cluster",
                    ),
                ),
                ("working_name", models.CharField(max_length=200)),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                ("name_cy", models.CharField(blank=True, default="", max_length=200)),
                ("until", models.DateField()),
            ],
            options={
                "ordering": ("until", "pk"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Founding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cluster",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="founding",
                        to="clusters.cluster",
                    ),
                ),
                ("purpose", models.TextField(verbose_name="purpose")),
                ("purpose_number", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gathering", "Gathering schools"),
                            ("asked", "Asked for recognition"),
                            ("returned", "Returned with reasons"),
                            ("recognised", "Recognised"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="gathering",
                        max_length=12,
                    ),
                ),
                ("because", models.TextField(blank=True, default="", verbose_name="reasons")),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="clusters.programmegroup",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "speaks_for",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="speaks for"
                    ),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "ordering": ("start_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__isnull", True),
                            ("end_on__gt", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="group_member_ends_after_start",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HeadshipEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="row_versions",
                        to="clusters.headship",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("substantive", "Substantive"),
                            ("acting", "Acting"),
                            ("executive", "Executive"),
                            ("vacant", "Vacant"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, default="", max_length=150, verbose_name="name"),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Lineage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="came_after",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="came_from",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("split", "Split"),
                            ("merger", "Merged"),
                            ("mini", "Mini-cluster"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
            ],
            options={
                "ordering": ("on", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("before", "after", "on"), name="lineage_once"),
                    models.CheckConstraint(
                        condition=models.Q(("before", models.F("after")), _negated=True),
                        name="lineage_between_two",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="clusters.partner",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("core", "Core"),
                            ("lead", "Lead"),
                            ("contributing", "Contributing"),
                            ("associate", "Associate, without funding"),
                            ("partner", "Partner, no vote or money"),
                        ],
                        default="core",
                        max_length=14,
                        verbose_name="part",
                    ),
                ),
                (
                    "contributes",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="what it contributes"
                    ),
                ),
                (
                    "contributes_because",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="why"),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "Left"),
                            ("dropped", "Dropped by decision"),
                            ("new_part", "Took another part"),
                            ("split", "The cluster split"),
                            ("merger", "The cluster merged"),
                            ("cluster_closed", "The cluster closed"),
                            ("school_closed", "The school closed"),
                            ("amalgamated", "The school amalgamated"),
                            ("renumbered", "The school goes on under another number"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="reason"),
                ),
                (
                    "memorandum_signed_on",
                    models.DateField(blank=True, null=True, verbose_name="memorandum signed"),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ("start_on", "pk"),
                "indexes": [
                    models.Index(fields=["school", "start_on"], name="membership_of_school"),
                    models.Index(fields=["cluster", "start_on"], name="membership_of_cluster"),
                    models.Index(
                        condition=models.Q(("school__isnull", False)),
                        fields=["start_on", "end_on"],
                        include=("school", "cluster", "part"),
                        name="membership_by_days",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__isnull", True),
                            ("end_on__gt", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="membership_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("partner__isnull", True), ("school__isnull", False)),
                            models.Q(
                                ("part", "partner"),
                                ("partner__isnull", False),
                                ("school__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="membership_of_a_school_or_a_partner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("part", "contributing"), _negated=True),
                            models.Q(("contributes", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="membership_contributing_says_what",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("school__isnull", False)),
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="membership_once_at_a_time",
                        violation_error_message="The school is already in this cluster for part of that time. End the earlier period first, or choose dates that do not overlap.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("partner__isnull", False)),
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("partner"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("partner"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="membership_partner_once_at_a_time",
                        violation_error_message="The partner is already in this cluster for part of that time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="clusters.programme",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "reason",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="reason"),
                ),
            ],
            options={
                "verbose_name": "participation",
                "verbose_name_plural": "participations",
                "ordering": ("start_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__isnull", True),
                            ("end_on__gt", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="participation_ends_after_it_starts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("programme"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("programme"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="participation_once_at_a_time",
                        violation_error_message="The cluster already takes part in this programme for part of that time.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clusters.programme",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clusters.cluster",
                    ),
                ),
                ("start_on", models.DateField()),
                ("end_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ("start_on", "pk"),
                "indexes": [models.Index(fields=["cluster"], name="place_of_cluster")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("programme"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("programme"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="place_one_cluster_a_school_in_a_programme",
                        violation_error_message="The programme allows a school one cluster at a time.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEffect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("change_id", models.BigIntegerField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="register_effects",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("closed", "The school closed"),
                            ("amalgamated", "The school amalgamated"),
                            ("renumbered", "The school goes on under another number"),
                            ("reopened", "The school reopened"),
                        ],
                        max_length=12,
                    ),
                ),
                ("successors", models.JSONField(default=list)),
                ("on", models.DateField()),
                ("taken_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("outcome", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "ordering": ("on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("change_id", "cluster"), name="register_effect_once_a_cluster"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Rota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rotas",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("meeting", "Meeting"), ("term", "Term"), ("year", "School year")],
                        max_length=8,
                        verbose_name="each turn lasts a",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "rota",
                "verbose_name_plural": "rotas",
                "ordering": ("-start_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__isnull", True),
                            ("end_on__gt", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="rota_ends_after_it_starts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="rota_one_at_a_time",
                        violation_error_message="The cluster already has a rota for part of that time.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="clusters.cluster",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        choices=[("voluntary", "Voluntary"), ("prescribed", "Prescribed")],
                        default="",
                        max_length=20,
                        verbose_name="voluntary or prescribed",
                    ),
                ),
                (
                    "initiation",
                    models.CharField(
                        blank=True,
                        choices=[("top_down", "Top-down"), ("bottom_up", "Bottom-up")],
                        default="",
                        max_length=20,
                        verbose_name="top-down or bottom-up",
                    ),
                ),
                (
                    "footing",
                    models.CharField(
                        blank=True,
                        choices=[("horizontal", "Horizontal"), ("vertical", "Vertical")],
                        default="",
                        max_length=20,
                        verbose_name="horizontal or vertical",
                    ),
                ),
                (
                    "phases",
                    models.CharField(
                        blank=True,
                        choices=[("cross", "Cross-phase"), ("single", "Single-phase")],
                        default="",
                        max_length=20,
                        verbose_name="cross- or single-phase",
                    ),
                ),
                (
                    "sectors",
                    models.CharField(
                        blank=True,
                        choices=[("cross", "Cross-sector"), ("single", "Single-sector")],
                        default="",
                        max_length=20,
                        verbose_name="cross- or single-sector",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("geographical", "Geographical"),
                            ("subject", "Subject"),
                            ("special_interest", "Special interest"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="geographical, subject or special interest",
                    ),
                ),
                (
                    "formality",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "No collaborative activity"),
                            (2, "Informal local collaboration"),
                            (3, "More formal collaboration"),
                            (4, "Structured collaboration"),
                            (5, "Hard partnership"),
                        ],
                        null=True,
                        verbose_name="formality",
                    ),
                ),
                (
                    "working_model",
                    models.TextField(blank=True, default="", verbose_name="working model"),
                ),
                ("purposes", models.JSONField(blank=True, default=list, verbose_name="purposes")),
                (
                    "purpose_in_words",
                    models.TextField(
                        blank=True, default="", verbose_name="purpose in its own words"
                    ),
                ),
                (
                    "authority_parts",
                    models.JSONField(
                        blank=True, default=list, verbose_name="what the authority is to it"
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(
                        blank=True, default="", max_length=150, verbose_name="who to ring"
                    ),
                ),
                (
                    "contact_phone",
                    models.CharField(
                        blank=True, default="", max_length=40, verbose_name="telephone"
                    ),
                ),
                (
                    "contact_email",
                    models.EmailField(
                        blank=True, default="", max_length=254, verbose_name="e-mail"
                    ),
                ),
            ],
            options={
                "ordering": ("start_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__isnull", True),
                            ("end_on__gt", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="standing_ends_after_it_starts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("cluster"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="standing_one_at_a_time",
                        violation_error_message="The cluster already has a description for part of that time.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="StatedPartnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                ("is_main", models.BooleanField(default=False, verbose_name="main partnership")),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.partnership",
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="name"),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("federation", "Federation"),
                            ("trust", "Trust"),
                            ("sponsor", "Sponsor"),
                            ("alliance", "Alliance"),
                            ("network", "Network"),
                            ("cluster", "Local cluster"),
                            ("secondary", "Secondary school and its primaries"),
                            ("business_services", "Business services"),
                            ("other", "Other"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "formality",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "No collaborative activity"),
                            (2, "Informal local collaboration"),
                            (3, "More formal collaboration"),
                            (4, "Structured collaboration"),
                            (5, "Hard partnership"),
                        ],
                        null=True,
                        verbose_name="category",
                    ),
                ),
                (
                    "what_for",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="what for"
                    ),
                ),
                ("start_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "signed_on",
                    models.DateField(blank=True, null=True, verbose_name="memorandum signed"),
                ),
            ],
            options={
                "verbose_name": "partnership",
                "verbose_name_plural": "partnerships",
                "ordering": ("-is_main", "start_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__isnull", True),
                            ("end_on__gt", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="stated_partnership_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("formality", 1), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="stated_partnership_has_a_name",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("is_main", True)),
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="stated_partnership_one_main",
                        violation_error_message="The school already has a main partnership for part of that time.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="status_changes",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("recognised", "Recognised"),
                            ("active", "Active"),
                            ("closing", "Closing"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("because", models.CharField(blank=True, default="", max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("on", "pk"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="AppointmentEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="row_versions",
                        to="clusters.appointment",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "cluster",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("coordinator", "Cluster coordinator"),
                            ("strand_coordinator", "Strand coordinator"),
                            ("link_adviser", "Link adviser"),
                            ("link_person", "Link person of a school"),
                            ("chair_of_governors", "Chair of governors"),
                            ("governor_representative", "Governor representative"),
                            ("finance_lead", "Finance lead"),
                            ("clerk", "Clerk"),
                        ],
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "email",
                    models.EmailField(
                        blank=True, default="", max_length=254, verbose_name="e-mail"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "strand",
                    models.CharField(blank=True, default="", max_length=150, verbose_name="strand"),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "reason",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="why it ended"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="EligibilityFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "check_made",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="clusters.eligibilitycheck",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("fits", "Fits"),
                            ("just_outside", "Just outside"),
                            ("outside", "Outside"),
                            ("unknown", "Not known"),
                        ],
                        max_length=12,
                    ),
                ),
                ("is_in", models.BooleanField(verbose_name="takes part")),
                ("facts", models.JSONField(default=dict)),
                (
                    "looked_at_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, default="", max_length=500)),
            ],
            options={
                "ordering": ("school__sort_key", "school_id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("check_made", "school"), name="eligibility_finding_once_a_school"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FoundingSchool",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "founding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schools",
                        to="clusters.founding",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                ("is_founder", models.BooleanField(default=False)),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                (
                    "reply",
                    models.CharField(
                        blank=True,
                        choices=[("joins", "Joins"), ("declines", "Does not join")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("agreed_purpose_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                (
                    "replied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-is_founder", "school__sort_key", "school_id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("founding", "school"), name="founding_school_once"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="GroupMemberEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="row_versions",
                        to="clusters.groupmember",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.programmegroup",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "speaks_for",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="speaks for"
                    ),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="row_versions",
                        to="clusters.membership",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "cluster",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.partner",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("core", "Core"),
                            ("lead", "Lead"),
                            ("contributing", "Contributing"),
                            ("associate", "Associate, without funding"),
                            ("partner", "Partner, no vote or money"),
                        ],
                        default="core",
                        max_length=14,
                        verbose_name="part",
                    ),
                ),
                (
                    "contributes",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="what it contributes"
                    ),
                ),
                (
                    "contributes_because",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="why"),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "Left"),
                            ("dropped", "Dropped by decision"),
                            ("new_part", "Took another part"),
                            ("split", "The cluster split"),
                            ("merger", "The cluster merged"),
                            ("cluster_closed", "The cluster closed"),
                            ("school_closed", "The school closed"),
                            ("amalgamated", "The school amalgamated"),
                            ("renumbered", "The school goes on under another number"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="reason"),
                ),
                (
                    "memorandum_signed_on",
                    models.DateField(blank=True, null=True, verbose_name="memorandum signed"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ParticipationEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="row_versions",
                        to="clusters.participation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "cluster",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.programme",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "reason",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="reason"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reply",
                        to="clusters.answer",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "Granted"),
                            ("partly", "Granted in part"),
                            ("not_granted", "Not granted"),
                            ("noted", "Noted"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                ("text", models.TextField(verbose_name="answer")),
                (
                    "cost_to_asker",
                    models.TextField(
                        blank=True, default="", verbose_name="what it means for the school"
                    ),
                ),
                (
                    "outcome_to_others",
                    models.TextField(
                        blank=True, default="", verbose_name="what it means for others"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("at", "pk"),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RotaEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="row_versions",
                        to="clusters.rota",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "cluster",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("meeting", "Meeting"), ("term", "Term"), ("year", "School year")],
                        max_length=8,
                        verbose_name="each turn lasts a",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RotaSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="clusters.rota",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("credit", models.PositiveSmallIntegerField(default=0)),
                ("start_on", models.DateField()),
                ("end_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ("place", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__isnull", True),
                            ("end_on__gt", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="rota_seat_ends_after_it_starts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("rota"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("rota"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("school"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="rota_seat_once_at_a_time",
                        violation_error_message="The school already has a seat in this rota.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RotaTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="clusters.rota",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                ("start_on", models.DateField()),
                ("end_on", models.DateField()),
                ("taken", models.BooleanField(blank=True, null=True)),
                (
                    "stood_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                ("because", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "ordering": ("start_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__isnull", True),
                            ("end_on__gt", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="rota_turn_ends_after_it_starts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("rota"), 0
                                    ),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("rota"), 0
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("start_on"),
                                    models.F("end_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="rota_turn_one_at_a_time",
                        violation_error_message="Another school has its turn in part of that time.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="StandingEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="row_versions",
                        to="clusters.standing",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "cluster",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                ("start_on", models.DateField(verbose_name="from")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        choices=[("voluntary", "Voluntary"), ("prescribed", "Prescribed")],
                        default="",
                        max_length=20,
                        verbose_name="voluntary or prescribed",
                    ),
                ),
                (
                    "initiation",
                    models.CharField(
                        blank=True,
                        choices=[("top_down", "Top-down"), ("bottom_up", "Bottom-up")],
                        default="",
                        max_length=20,
                        verbose_name="top-down or bottom-up",
                    ),
                ),
                (
                    "footing",
                    models.CharField(
                        blank=True,
                        choices=[("horizontal", "Horizontal"), ("vertical", "Vertical")],
                        default="",
                        max_length=20,
                        verbose_name="horizontal or vertical",
                    ),
                ),
                (
                    "phases",
                    models.CharField(
                        blank=True,
                        choices=[("cross", "Cross-phase"), ("single", "Single-phase")],
                        default="",
                        max_length=20,
                        verbose_name="cross- or single-phase",
                    ),
                ),
                (
                    "sectors",
                    models.CharField(
                        blank=True,
                        choices=[("cross", "Cross-sector"), ("single", "Single-sector")],
                        default="",
                        max_length=20,
                        verbose_name="cross- or single-sector",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("geographical", "Geographical"),
                            ("subject", "Subject"),
                            ("special_interest", "Special interest"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="geographical, subject or special interest",
                    ),
                ),
                (
                    "formality",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "No collaborative activity"),
                            (2, "Informal local collaboration"),
                            (3, "More formal collaboration"),
                            (4, "Structured collaboration"),
                            (5, "Hard partnership"),
                        ],
                        null=True,
                        verbose_name="formality",
                    ),
                ),
                (
                    "working_model",
                    models.TextField(blank=True, default="", verbose_name="working model"),
                ),
                ("purposes", models.JSONField(blank=True, default=list, verbose_name="purposes")),
                (
                    "purpose_in_words",
                    models.TextField(
                        blank=True, default="", verbose_name="purpose in its own words"
                    ),
                ),
                (
                    "authority_parts",
                    models.JSONField(
                        blank=True, default=list, verbose_name="what the authority is to it"
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(
                        blank=True, default="", max_length=150, verbose_name="who to ring"
                    ),
                ),
                (
                    "contact_phone",
                    models.CharField(
                        blank=True, default="", max_length=40, verbose_name="telephone"
                    ),
                ),
                (
                    "contact_email",
                    models.EmailField(
                        blank=True, default="", max_length=254, verbose_name="e-mail"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="StatedPartnershipEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="row_versions",
                        to="clusters.statedpartnership",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.school",
                    ),
                ),
                ("is_main", models.BooleanField(default=False, verbose_name="main partnership")),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.cluster",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.partnership",
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="name"),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("federation", "Federation"),
                            ("trust", "Trust"),
                            ("sponsor", "Sponsor"),
                            ("alliance", "Alliance"),
                            ("network", "Network"),
                            ("cluster", "Local cluster"),
                            ("secondary", "Secondary school and its primaries"),
                            ("business_services", "Business services"),
                            ("other", "Other"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "formality",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "No collaborative activity"),
                            (2, "Informal local collaboration"),
                            (3, "More formal collaboration"),
                            (4, "Structured collaboration"),
                            (5, "Hard partnership"),
                        ],
                        null=True,
                        verbose_name="category",
                    ),
                ),
                (
                    "what_for",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="what for"
                    ),
                ),
                ("start_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "signed_on",
                    models.DateField(blank=True, null=True, verbose_name="memorandum signed"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="clusters.askedschool",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("works_with", "Works with now"),
                            ("wishes", "Wishes to be with"),
                            ("wishes_not", "Wishes not to be with"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="name"),
                ),
                (
                    "because",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="why"),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("linked", "Accepted as a link"),
                            ("locked", "Accepted as a decision"),
                            ("declined", "Not taken up"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="wishes",
                        to="clusters.formationlink",
                    ),
                ),
                (
                    "lock",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="wishes",
                        to="clusters.lock",
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("other__isnull", False),
                            models.Q(("name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="wish_names_somebody",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RotaSeatEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="row_versions",
                        to="clusters.rotaseat",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "rota",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.rota",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.school",
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("credit", models.PositiveSmallIntegerField(default=0)),
                ("start_on", models.DateField()),
                ("end_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RotaTurnEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="row_versions",
                        to="clusters.rotaturn",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "rota",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clusters.rota",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.school",
                    ),
                ),
                ("start_on", models.DateField()),
                ("end_on", models.DateField()),
                ("taken", models.BooleanField(blank=True, null=True)),
                (
                    "stood_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.school",
                    ),
                ),
                ("because", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.AddField(
            model_name="chosenschool",
            name="declined_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="programme",
            name="first_cycle_on",
            field=models.DateField(blank=True, null=True, verbose_name="first cycle starts"),
        ),
        migrations.AddField(
            model_name="programme",
            name="one_cluster_a_school",
            field=models.BooleanField(
                default=False, verbose_name="a school is in one cluster only"
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="base",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moved",
                to="clusters.proposal",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="moves",
            field=models.JSONField(blank=True, default=list),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="places_of_programme",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    DELETE FROM clusters_place WHERE programme_id = NEW.id;\n    \n    INSERT INTO clusters_place (programme_id, school_id, cluster_id, start_on, end_on)\n    SELECT p.programme_id, m.school_id, m.cluster_id,\n        GREATEST(m.start_on, p.start_on), LEAST(m.end_on, p.end_on)\n    FROM clusters_membership m\n    JOIN clusters_participation p ON p.cluster_id = m.cluster_id\n    JOIN clusters_programme g ON g.id = p.programme_id AND g.one_cluster_a_school\n    WHERE m.school_id IS NOT NULL\n        AND daterange(m.start_on, m.end_on) && daterange(p.start_on, p.end_on)\n        AND p.programme_id = NEW.id;\n\n    RETURN NULL;\n",
                    hash="62559ec2c724f5942e703383ddd98738d16e77b0",
                    operation='UPDATE OF "one_cluster_a_school"',
                    pgid="pgtrigger_places_of_programme_411d8",
                    table="clusters_programme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cluster",
            trigger=pgtrigger.compiler.Trigger(
                name="cluster_life_holds_members",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (\n        SELECT 1 FROM clusters_membership m WHERE m.cluster_id = NEW.id AND (\n            m.start_on < NEW.start_on\n            OR (NEW.end_on IS NOT NULL AND (m.end_on IS NULL OR m.end_on > NEW.end_on))\n        )\n    )\n    THEN RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'membership_within_the_clusters_life', MESSAGE = 'a membership reaches further';\n    END IF;\n    RETURN NEW;\n",
                    hash="193f0be4377b5564d4fd77d5c3a3ca06bf50a38e",
                    operation='UPDATE OF "start_on", "end_on"',
                    pgid="pgtrigger_cluster_life_holds_members_db8e6",
                    table="clusters_cluster",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cluster",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_clusterevent" ("code", "end_on", "id", "name", "name_cy", "organisation_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on", "started_at", "started_by_id", "status", "working_name") SELECT new_values."code", new_values."end_on", new_values."id", new_values."name", new_values."name_cy", new_values."organisation_id", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."start_on", new_values."started_at", new_values."started_by_id", new_values."status", new_values."working_name" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f615df97fbac0ae3cc261148c3021374d001440f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3762a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clusters_cluster",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cluster",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_clusterevent" ("code", "end_on", "id", "name", "name_cy", "organisation_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on", "started_at", "started_by_id", "status", "working_name") SELECT new_values."code", new_values."end_on", new_values."id", new_values."name", new_values."name_cy", new_values."organisation_id", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."start_on", new_values."started_at", new_values."started_by_id", new_values."status", new_values."working_name" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8277f8f1853e725f7f3c30a9b0cdfd1aac01245f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_03e1f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clusters_cluster",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cluster",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_clusterevent" ("code", "end_on", "id", "name", "name_cy", "organisation_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on", "started_at", "started_by_id", "status", "working_name") SELECT old_values."code", old_values."end_on", old_values."id", old_values."name", old_values."name_cy", old_values."organisation_id", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."start_on", old_values."started_at", old_values."started_by_id", old_values."status", old_values."working_name" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a75296baf57f2fbe63cedb129995133f57992889",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bb341",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clusters_cluster",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="337f319eea21326e60ca8b64e00df98051657ad9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f8782",
                    table="clusters_appointmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="chair_is_a_member",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NEW.role = 'chair' AND NOT EXISTS (\n        SELECT 1 FROM clusters_membership m WHERE m.cluster_id = NEW.cluster_id\n            AND m.school_id = NEW.school_id\n            AND daterange(m.start_on, m.end_on) @> NEW.start_on\n    )\n    THEN RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'chair_from_a_school_of_the_cluster', MESSAGE = 'the chair is from no member school';\n    END IF;\n    RETURN NEW;\n",
                    hash="d26045f169456c37dee6ab5be7ed0141e6974c42",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_chair_is_a_member_95d9c",
                    table="clusters_appointment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_appointmentevent" ("cluster_id", "email", "end_on", "id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "school_id", "start_on", "strand") SELECT new_values."cluster_id", new_values."email", new_values."end_on", new_values."id", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."role", new_values."school_id", new_values."start_on", new_values."strand" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="52cf4ce9d17df4e4e274047824eba57d233448e7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4e751",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clusters_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_appointmentevent" ("cluster_id", "email", "end_on", "id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "school_id", "start_on", "strand") SELECT new_values."cluster_id", new_values."email", new_values."end_on", new_values."id", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."role", new_values."school_id", new_values."start_on", new_values."strand" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d8c2dea9ee18fddc0d1b673ba248b05917371976",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6c4c8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clusters_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_appointmentevent" ("cluster_id", "email", "end_on", "id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "school_id", "start_on", "strand") SELECT old_values."cluster_id", old_values."email", old_values."end_on", old_values."id", old_values."name", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."role", old_values."school_id", old_values."start_on", old_values."strand" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f63f7342970d3c67a947cea847ce035f6e3c7a07",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8cd87",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clusters_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clusterevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f3f361373fb0097785d4d86e2bb8aa0318d7d888",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f31b1",
                    table="clusters_clusterevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="headship",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_headshipevent" ("end_on", "id", "kind", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "start_on") SELECT new_values."end_on", new_values."id", new_values."kind", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_id", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2ce6d120a421c2fdd26ee7e57e1c3071b586225b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_46cfc",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clusters_headship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="headship",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_headshipevent" ("end_on", "id", "kind", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "start_on") SELECT new_values."end_on", new_values."id", new_values."kind", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_id", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6aec4cd4038aed723d17021c1b6078e95f897377",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e1923",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clusters_headship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="headship",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_headshipevent" ("end_on", "id", "kind", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "start_on") SELECT old_values."end_on", old_values."id", old_values."kind", old_values."name", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_id", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="164a729265fb4aba590fa9b2310acc1b81b3fe91",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4250b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clusters_headship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="headshipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fcc7971516c15b652af8dac3139b9d179f87c713",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3d8da",
                    table="clusters_headshipevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="places_after_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    DELETE FROM clusters_place WHERE cluster_id IN (SELECT cluster_id FROM new_rows);\n    \n    INSERT INTO clusters_place (programme_id, school_id, cluster_id, start_on, end_on)\n    SELECT p.programme_id, m.school_id, m.cluster_id,\n        GREATEST(m.start_on, p.start_on), LEAST(m.end_on, p.end_on)\n    FROM clusters_membership m\n    JOIN clusters_participation p ON p.cluster_id = m.cluster_id\n    JOIN clusters_programme g ON g.id = p.programme_id AND g.one_cluster_a_school\n    WHERE m.school_id IS NOT NULL\n        AND daterange(m.start_on, m.end_on) && daterange(p.start_on, p.end_on)\n        AND m.cluster_id IN (SELECT cluster_id FROM new_rows);\n\n    RETURN NULL;\n",
                    hash="8bd011660c5b82c1ac85aab5921ffe32adfd75e0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_places_after_insert_c5b55",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="clusters_participation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="places_after_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    DELETE FROM clusters_place WHERE cluster_id IN (SELECT cluster_id FROM new_rows UNION SELECT cluster_id FROM old_rows);\n    \n    INSERT INTO clusters_place (programme_id, school_id, cluster_id, start_on, end_on)\n    SELECT p.programme_id, m.school_id, m.cluster_id,\n        GREATEST(m.start_on, p.start_on), LEAST(m.end_on, p.end_on)\n    FROM clusters_membership m\n    JOIN clusters_participation p ON p.cluster_id = m.cluster_id\n    JOIN clusters_programme g ON g.id = p.programme_id AND g.one_cluster_a_school\n    WHERE m.school_id IS NOT NULL\n        AND daterange(m.start_on, m.end_on) && daterange(p.start_on, p.end_on)\n        AND m.cluster_id IN (SELECT cluster_id FROM new_rows UNION SELECT cluster_id FROM old_rows);\n\n    RETURN NULL;\n",
                    hash="f705229f718d6029c172c56e2026383b34c07fd9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_places_after_update_1e23c",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="clusters_participation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="places_after_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    DELETE FROM clusters_place WHERE cluster_id IN (SELECT cluster_id FROM old_rows);\n    \n    INSERT INTO clusters_place (programme_id, school_id, cluster_id, start_on, end_on)\n    SELECT p.programme_id, m.school_id, m.cluster_id,\n        GREATEST(m.start_on, p.start_on), LEAST(m.end_on, p.end_on)\n    FROM clusters_membership m\n    JOIN clusters_participation p ON p.cluster_id = m.cluster_id\n    JOIN clusters_programme g ON g.id = p.programme_id AND g.one_cluster_a_school\n    WHERE m.school_id IS NOT NULL\n        AND daterange(m.start_on, m.end_on) && daterange(p.start_on, p.end_on)\n        AND m.cluster_id IN (SELECT cluster_id FROM old_rows);\n\n    RETURN NULL;\n",
                    hash="2ac12689247938730c799d77256e17834f18e100",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_places_after_delete_7bc99",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="clusters_participation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_participationevent" ("cluster_id", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reason", "start_on") SELECT new_values."cluster_id", new_values."end_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."reason", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9be7b865e2b5c8ee8fdcd35a53993f02ecc6c9ea",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c1014",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clusters_participation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_participationevent" ("cluster_id", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reason", "start_on") SELECT new_values."cluster_id", new_values."end_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."reason", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="382e65db3a3cab2c0e5fa842f2927195a71a3aa1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ea3d2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clusters_participation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_participationevent" ("cluster_id", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reason", "start_on") SELECT old_values."cluster_id", old_values."end_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."reason", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f1060f05e34216d7ffd6c13bba1896643798d1bf",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c19ad",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clusters_participation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2b9522683eb2d0f0fd073fcc70cf630aea34af44",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_bdd41",
                    table="clusters_participationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4edd101cb93129229294eb4d9929930abe1c672b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_653c0",
                    table="clusters_membershipevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="membership_within_life",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE life_start date; life_end date;",
                    func="\n    SELECT start_on, end_on INTO life_start, life_end\n    FROM clusters_cluster WHERE id = NEW.cluster_id;\n    IF NEW.start_on < life_start\n        OR (life_end IS NOT NULL AND (NEW.end_on IS NULL OR NEW.end_on > life_end))\n    THEN RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'membership_within_the_clusters_life', MESSAGE = 'outside the life of the cluster';\n    END IF;\n    RETURN NEW;\n",
                    hash="23a3d6a66de017c5bf3641b6927fcb6c7efb9c92",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_membership_within_life_7af47",
                    table="clusters_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="places_after_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    DELETE FROM clusters_place WHERE cluster_id IN (SELECT cluster_id FROM new_rows);\n    \n    INSERT INTO clusters_place (programme_id, school_id, cluster_id, start_on, end_on)\n    SELECT p.programme_id, m.school_id, m.cluster_id,\n        GREATEST(m.start_on, p.start_on), LEAST(m.end_on, p.end_on)\n    FROM clusters_membership m\n    JOIN clusters_participation p ON p.cluster_id = m.cluster_id\n    JOIN clusters_programme g ON g.id = p.programme_id AND g.one_cluster_a_school\n    WHERE m.school_id IS NOT NULL\n        AND daterange(m.start_on, m.end_on) && daterange(p.start_on, p.end_on)\n        AND m.cluster_id IN (SELECT cluster_id FROM new_rows);\n\n    RETURN NULL;\n",
                    hash="db3f55f4861cc2321ad3f6a265fe81ccc717dfc9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_places_after_insert_3d21f",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="clusters_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="places_after_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    DELETE FROM clusters_place WHERE cluster_id IN (SELECT cluster_id FROM new_rows UNION SELECT cluster_id FROM old_rows);\n    \n    INSERT INTO clusters_place (programme_id, school_id, cluster_id, start_on, end_on)\n    SELECT p.programme_id, m.school_id, m.cluster_id,\n        GREATEST(m.start_on, p.start_on), LEAST(m.end_on, p.end_on)\n    FROM clusters_membership m\n    JOIN clusters_participation p ON p.cluster_id = m.cluster_id\n    JOIN clusters_programme g ON g.id = p.programme_id AND g.one_cluster_a_school\n    WHERE m.school_id IS NOT NULL\n        AND daterange(m.start_on, m.end_on) && daterange(p.start_on, p.end_on)\n        AND m.cluster_id IN (SELECT cluster_id FROM new_rows UNION SELECT cluster_id FROM old_rows);\n\n    RETURN NULL;\n",
                    hash="5b09fb7bd264ee31e46e5f374d8b6104dfd82830",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_places_after_update_95e4a",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="clusters_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="places_after_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    DELETE FROM clusters_place WHERE cluster_id IN (SELECT cluster_id FROM old_rows);\n    \n    INSERT INTO clusters_place (programme_id, school_id, cluster_id, start_on, end_on)\n    SELECT p.programme_id, m.school_id, m.cluster_id,\n        GREATEST(m.start_on, p.start_on), LEAST(m.end_on, p.end_on)\n    FROM clusters_membership m\n    JOIN clusters_participation p ON p.cluster_id = m.cluster_id\n    JOIN clusters_programme g ON g.id = p.programme_id AND g.one_cluster_a_school\n    WHERE m.school_id IS NOT NULL\n        AND daterange(m.start_on, m.end_on) && daterange(p.start_on, p.end_on)\n        AND m.cluster_id IN (SELECT cluster_id FROM old_rows);\n\n    RETURN NULL;\n",
                    hash="f5dc6a356e4073080ab546742a6292e8939fdaa1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_places_after_delete_cf2cf",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="clusters_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_membershipevent" ("cluster_id", "contributes", "contributes_because", "end_on", "ended_by", "id", "memorandum_signed_on", "part", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id", "start_on") SELECT new_values."cluster_id", new_values."contributes", new_values."contributes_because", new_values."end_on", new_values."ended_by", new_values."id", new_values."memorandum_signed_on", new_values."part", new_values."partner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."school_id", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7d4de8b1657cb69888e268faf7ef9c3671e86cde",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d80de",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clusters_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_membershipevent" ("cluster_id", "contributes", "contributes_because", "end_on", "ended_by", "id", "memorandum_signed_on", "part", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id", "start_on") SELECT new_values."cluster_id", new_values."contributes", new_values."contributes_because", new_values."end_on", new_values."ended_by", new_values."id", new_values."memorandum_signed_on", new_values."part", new_values."partner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."school_id", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7d346d3360c40ec257c94d2f0fc43a70c9b89f7c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_94826",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clusters_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_membershipevent" ("cluster_id", "contributes", "contributes_because", "end_on", "ended_by", "id", "memorandum_signed_on", "part", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id", "start_on") SELECT old_values."cluster_id", old_values."contributes", old_values."contributes_because", old_values."end_on", old_values."ended_by", old_values."id", old_values."memorandum_signed_on", old_values."part", old_values."partner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."school_id", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="774fd22bee5f1cdf7cffbacdc20995852f68ffaa",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_db495",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clusters_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupmemberevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c5e1f8023fbc0aa8b5fb4758485607d82dadadee",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b95fd",
                    table="clusters_groupmemberevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupmember",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_groupmemberevent" ("end_on", "group_id", "id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "speaks_for", "start_on") SELECT new_values."end_on", new_values."group_id", new_values."id", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_id", new_values."speaks_for", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0d4196b802117d73aab534fb28b06dbd96511453",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4e8c1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clusters_groupmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupmember",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_groupmemberevent" ("end_on", "group_id", "id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "speaks_for", "start_on") SELECT new_values."end_on", new_values."group_id", new_values."id", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_id", new_values."speaks_for", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="71d32a105f369fb23333c2172a31b62b684cbda9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d0012",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clusters_groupmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupmember",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_groupmemberevent" ("end_on", "group_id", "id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "speaks_for", "start_on") SELECT old_values."end_on", old_values."group_id", old_values."id", old_values."name", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_id", old_values."speaks_for", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6fd84199ce58d8cea60ee833d0b1050848d51459",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9efbd",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clusters_groupmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rota",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_rotaevent" ("cluster_id", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on", "unit") SELECT new_values."cluster_id", new_values."end_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."start_on", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d9da90f2fb7aebbd26e63b461386c76d4bb6cacb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bd519",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clusters_rota",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rota",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_rotaevent" ("cluster_id", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on", "unit") SELECT new_values."cluster_id", new_values."end_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."start_on", new_values."unit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bd7f9623062d489c99e1d4b2f412b70169243d87",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_acea2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clusters_rota",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rota",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_rotaevent" ("cluster_id", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on", "unit") SELECT old_values."cluster_id", old_values."end_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."start_on", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="870dadbc7b49ef2397382564f4492feb2d4d173a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c6ef7",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clusters_rota",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotaevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="27ff9f0abe59c468ba8534c27b225f6dae7417e0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_743d9",
                    table="clusters_rotaevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotaseat",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_rotaseatevent" ("credit", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "rota_id", "school_id", "start_on") SELECT new_values."credit", new_values."end_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."rota_id", new_values."school_id", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2b81064b3331a136a7f85113b6c96638acb90b70",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_08d4b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clusters_rotaseat",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotaseat",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_rotaseatevent" ("credit", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "rota_id", "school_id", "start_on") SELECT new_values."credit", new_values."end_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."rota_id", new_values."school_id", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="139bb520ed175d3a313b32571f0973e161ffad27",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1975c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clusters_rotaseat",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotaseat",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_rotaseatevent" ("credit", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "rota_id", "school_id", "start_on") SELECT old_values."credit", old_values."end_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."rota_id", old_values."school_id", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6eba340652a457ad5605c792924f97ef68c25abc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_576ed",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clusters_rotaseat",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotaseatevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="073c97fc3a4f8d0d41bcd4c2b09e2b2bc3dede41",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d5f8c",
                    table="clusters_rotaseatevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotaturn",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_rotaturnevent" ("because", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rota_id", "school_id", "start_on", "stood_in_id", "taken") SELECT new_values."because", new_values."end_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rota_id", new_values."school_id", new_values."start_on", new_values."stood_in_id", new_values."taken" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c12cc494144d72244ddcccd9cae250f9e4e375ab",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_671d0",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clusters_rotaturn",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotaturn",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_rotaturnevent" ("because", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rota_id", "school_id", "start_on", "stood_in_id", "taken") SELECT new_values."because", new_values."end_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rota_id", new_values."school_id", new_values."start_on", new_values."stood_in_id", new_values."taken" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8fadd4f696432b6550cef289437e867d838fc18b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_91842",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clusters_rotaturn",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotaturn",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_rotaturnevent" ("because", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rota_id", "school_id", "start_on", "stood_in_id", "taken") SELECT old_values."because", old_values."end_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rota_id", old_values."school_id", old_values."start_on", old_values."stood_in_id", old_values."taken" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6fc0ab957d7d5e5ced5b2dd180d3dec893769a06",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_210e4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clusters_rotaturn",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotaturnevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="68b5feb3fd0ee3b07fbf9a8de331c9369c2bd47a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ce593",
                    table="clusters_rotaturnevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standing",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_standingevent" ("authority_parts", "basis", "cluster_id", "contact_email", "contact_name", "contact_phone", "end_on", "footing", "formality", "id", "initiation", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phases", "purpose_in_words", "purposes", "sectors", "start_on", "working_model") SELECT new_values."authority_parts", new_values."basis", new_values."cluster_id", new_values."contact_email", new_values."contact_name", new_values."contact_phone", new_values."end_on", new_values."footing", new_values."formality", new_values."id", new_values."initiation", new_values."origin", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phases", new_values."purpose_in_words", new_values."purposes", new_values."sectors", new_values."start_on", new_values."working_model" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ad6efb90f8ec5408f07e81c0e9690a28b502c07e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d8676",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clusters_standing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standing",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_standingevent" ("authority_parts", "basis", "cluster_id", "contact_email", "contact_name", "contact_phone", "end_on", "footing", "formality", "id", "initiation", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phases", "purpose_in_words", "purposes", "sectors", "start_on", "working_model") SELECT new_values."authority_parts", new_values."basis", new_values."cluster_id", new_values."contact_email", new_values."contact_name", new_values."contact_phone", new_values."end_on", new_values."footing", new_values."formality", new_values."id", new_values."initiation", new_values."origin", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phases", new_values."purpose_in_words", new_values."purposes", new_values."sectors", new_values."start_on", new_values."working_model" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d8cdeb9a086f8a31af3da92a6dbf1240e25fb459",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7afd7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clusters_standing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standing",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_standingevent" ("authority_parts", "basis", "cluster_id", "contact_email", "contact_name", "contact_phone", "end_on", "footing", "formality", "id", "initiation", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phases", "purpose_in_words", "purposes", "sectors", "start_on", "working_model") SELECT old_values."authority_parts", old_values."basis", old_values."cluster_id", old_values."contact_email", old_values."contact_name", old_values."contact_phone", old_values."end_on", old_values."footing", old_values."formality", old_values."id", old_values."initiation", old_values."origin", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phases", old_values."purpose_in_words", old_values."purposes", old_values."sectors", old_values."start_on", old_values."working_model" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f858985aeb9d749c35f3eb52cd471343797b130a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_93afc",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clusters_standing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1169352667650347efd0e8d4724ae8ba1cb25336",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_776e2",
                    table="clusters_standingevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statedpartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_statedpartnershipevent" ("cluster_id", "end_on", "formality", "id", "is_main", "kind", "name", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "signed_on", "start_on", "what_for") SELECT new_values."cluster_id", new_values."end_on", new_values."formality", new_values."id", new_values."is_main", new_values."kind", new_values."name", new_values."partnership_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_id", new_values."signed_on", new_values."start_on", new_values."what_for" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6b2d1add4df7aad25165bb896db018f9019ed69b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f467b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clusters_statedpartnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statedpartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_statedpartnershipevent" ("cluster_id", "end_on", "formality", "id", "is_main", "kind", "name", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "signed_on", "start_on", "what_for") SELECT new_values."cluster_id", new_values."end_on", new_values."formality", new_values."id", new_values."is_main", new_values."kind", new_values."name", new_values."partnership_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_id", new_values."signed_on", new_values."start_on", new_values."what_for" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="23ad079cdd6a1dd57dbc055d0ca1c4a8189515b0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2a3e3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clusters_statedpartnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statedpartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clusters_statedpartnershipevent" ("cluster_id", "end_on", "formality", "id", "is_main", "kind", "name", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "signed_on", "start_on", "what_for") SELECT old_values."cluster_id", old_values."end_on", old_values."formality", old_values."id", old_values."is_main", old_values."kind", old_values."name", old_values."partnership_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_id", old_values."signed_on", old_values."start_on", old_values."what_for" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="34b505f327a8082a88a8fec2ca24b1a04928adc4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d8547",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clusters_statedpartnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statedpartnershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4565525394bb2bba8194578e90d758ba05b23662",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9a593",
                    table="clusters_statedpartnershipevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
