"""Smaller totals beside purchases, what each supplier won, and indexes in the order of the lists."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

FILL = """
INSERT INTO spending_projectyeartotal (edition_id, fiscal_year, kind, method, province_id, lines, budget,
    reference_price, agreed_price)
SELECT edition_id, fiscal_year, kind, method, province_id, sum(lines), sum(budget), sum(reference_price),
    sum(agreed_price)
FROM spending_projecttotal GROUP BY 1, 2, 3, 4, 5;
INSERT INTO spending_projectbuyertotal (edition_id, fiscal_year, buyer_id, lines, budget, reference_price,
    agreed_price)
SELECT edition_id, fiscal_year, buyer_id, sum(lines), sum(budget), sum(reference_price), sum(agreed_price)
FROM spending_projecttotal GROUP BY 1, 2, 3;
INSERT INTO spending_contractbuyertotal (edition_id, fiscal_year, buyer_id, lines, amount, carried_over)
SELECT edition_id, fiscal_year, buyer_id, count(*), coalesce(sum(amount), 0),
    coalesce(sum(amount) FILTER (WHERE signed_on < make_date(fiscal_year - 1, 10, 1)), 0)
FROM spending_contract WHERE counted GROUP BY 1, 2, 3;
INSERT INTO spending_contractwaytotal (edition_id, fiscal_year, buyer_id, kind, method, province_id,
    winner_kind, lines, amount)
SELECT edition_id, fiscal_year, buyer_id, kind, method, province_id, winner_kind, sum(lines), sum(amount)
FROM spending_contracttotal GROUP BY 1, 2, 3, 4, 5, 6, 7;
INSERT INTO spending_contractyeartotal (edition_id, fiscal_year, kind, method, province_id, winner_kind,
    lines, amount)
SELECT edition_id, fiscal_year, kind, method, province_id, winner_kind, sum(lines), sum(amount)
FROM spending_contractwaytotal GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO spending_suppliertotal (fiscal_year, supplier_id, lines, amount)
SELECT total.fiscal_year, supplier_id, sum(lines), sum(amount)
FROM spending_contracttotal total JOIN spending_edition edition ON edition.id = edition_id
WHERE is_current AND supplier_id IS NOT NULL GROUP BY 1, 2;
INSERT INTO spending_suppliertotal (fiscal_year, supplier_id, lines, amount)
SELECT 0, supplier_id, sum(lines), sum(amount) FROM spending_suppliertotal GROUP BY 2;
INSERT INTO spending_suppliercount (fiscal_year, suppliers, editions)
SELECT fiscal_year, count(*), (
    SELECT array_agg(id ORDER BY id) FROM spending_edition
    WHERE is_current AND dataset IN ('egp_contracts', 'cgdcontract'))
FROM spending_suppliertotal GROUP BY fiscal_year;
"""


class Migration(migrations.Migration):
    dependencies = [("spending", "0013_spending_targets")]

    operations = [
        migrations.CreateModel(
            name="ContractBuyerTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year", models.PositiveSmallIntegerField(help_text="Fiscal year in Common Era.")),
                ("lines", models.PositiveIntegerField(help_text="How many contracts the cell sums.")),
                ("amount", models.DecimalField(decimal_places=2, help_text="Sum of the contracts in baht.", max_digits=20)),
                ("carried_over", models.DecimalField(decimal_places=2, help_text="Of the sum, contracts signed before the fiscal year began, in baht.", max_digits=20)),
            ],
        ),
        migrations.CreateModel(
            name="ContractWayTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year", models.PositiveSmallIntegerField(help_text="Fiscal year in Common Era.")),
                ("kind", models.CharField(blank=True, help_text="Type of the projects, as published.", max_length=120)),
                ("method", models.CharField(blank=True, help_text="Method of purchase, as published.", max_length=120)),
                (
                    "winner_kind",
                    models.CharField(
                        choices=[
                            ("numbered", "by its tax id"),
                            ("unnumbered", "by its name, no usable tax id"),
                            ("person", "a natural person, or taken for one: the name is not shown"),
                            ("unknown", "not published"),
                        ],
                        help_text="What is known of the winners.",
                        max_length=10,
                    ),
                ),
                ("lines", models.PositiveIntegerField(help_text="How many contracts the cell sums.")),
                ("amount", models.DecimalField(decimal_places=2, help_text="Sum of the contracts in baht.", max_digits=20)),
            ],
        ),
        migrations.CreateModel(
            name="ContractYearTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year", models.PositiveSmallIntegerField(help_text="Fiscal year in Common Era.")),
                ("kind", models.CharField(blank=True, help_text="Type of the projects, as published.", max_length=120)),
                ("method", models.CharField(blank=True, help_text="Method of purchase, as published.", max_length=120)),
                (
                    "winner_kind",
                    models.CharField(
                        choices=[
                            ("numbered", "by its tax id"),
                            ("unnumbered", "by its name, no usable tax id"),
                            ("person", "a natural person, or taken for one: the name is not shown"),
                            ("unknown", "not published"),
                        ],
                        help_text="What is known of the winners.",
                        max_length=10,
                    ),
                ),
                ("lines", models.PositiveIntegerField(help_text="How many contracts the cell sums.")),
                ("amount", models.DecimalField(decimal_places=2, help_text="Sum of the contracts in baht.", max_digits=20)),
            ],
        ),
        migrations.CreateModel(
            name="ProjectBuyerTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year", models.PositiveSmallIntegerField(help_text="Fiscal year in Common Era.")),
                ("lines", models.PositiveIntegerField(help_text="How many projects the cell sums.")),
                ("budget", models.DecimalField(decimal_places=2, help_text="Money set aside for these projects, in baht.", max_digits=20)),
                ("reference_price", models.DecimalField(decimal_places=2, help_text="Sum of their reference prices, in baht.", max_digits=20)),
                ("agreed_price", models.DecimalField(decimal_places=2, help_text="Sum agreed for them, in baht.", max_digits=20)),
            ],
        ),
        migrations.CreateModel(
            name="ProjectYearTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year", models.PositiveSmallIntegerField(help_text="Fiscal year in Common Era.")),
                ("kind", models.CharField(blank=True, help_text="Type of the projects, as published.", max_length=120)),
                ("method", models.CharField(blank=True, help_text="Method of purchase, as published.", max_length=120)),
                ("lines", models.PositiveIntegerField(help_text="How many projects the cell sums.")),
                ("budget", models.DecimalField(decimal_places=2, help_text="Money set aside for these projects, in baht.", max_digits=20)),
                ("reference_price", models.DecimalField(decimal_places=2, help_text="Sum of their reference prices, in baht.", max_digits=20)),
                ("agreed_price", models.DecimalField(decimal_places=2, help_text="Sum agreed for them, in baht.", max_digits=20)),
            ],
        ),
        migrations.CreateModel(
            name="SupplierCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year", models.PositiveSmallIntegerField(help_text="Fiscal year in Common Era; 0 for all years together.")),
                ("suppliers", models.PositiveIntegerField(help_text="How many suppliers won a contract.")),
                ("editions", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text="The editions that were current then, ascending.", size=None)),
            ],
        ),
        migrations.CreateModel(
            name="SupplierTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year", models.PositiveSmallIntegerField(help_text="Fiscal year in Common Era; 0 for all years together.")),
                ("lines", models.PositiveIntegerField(help_text="How many contracts it won.")),
                ("amount", models.DecimalField(decimal_places=2, help_text="Sum of these contracts in baht.", max_digits=20)),
            ],
        ),
        migrations.RemoveIndex(model_name="contract", name="contract_supplier"),
        migrations.RemoveIndex(model_name="contract", name="contract_buyer"),
        migrations.RemoveIndex(model_name="contract", name="contract_largest"),
        migrations.RemoveIndex(model_name="flag", name="flag_rule"),
        migrations.RemoveIndex(model_name="flag", name="flag_buyer"),
        migrations.RemoveIndex(model_name="flag", name="flag_supplier"),
        migrations.RemoveIndex(model_name="project", name="project_buyer"),
        migrations.RemoveIndex(model_name="project", name="project_province"),
        migrations.RemoveIndex(model_name="project", name="project_largest"),
        migrations.AlterField(
            model_name="contracttotal",
            name="buyer",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The department that buys.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.buyer"),
        ),
        migrations.AlterField(
            model_name="contracttotal",
            name="edition",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The edition.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.edition"),
        ),
        migrations.AlterField(
            model_name="contracttotal",
            name="province",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The province.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.province"),
        ),
        migrations.AlterField(
            model_name="contracttotal",
            name="supplier",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="The winner; none for natural persons and where no winner is published.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="spending.supplier",
            ),
        ),
        migrations.AlterField(
            model_name="projecttotal",
            name="buyer",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The department that buys.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.buyer"),
        ),
        migrations.AlterField(
            model_name="projecttotal",
            name="edition",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The edition.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.edition"),
        ),
        migrations.AlterField(
            model_name="projecttotal",
            name="province",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The province.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.province"),
        ),
        migrations.AddIndex(
            model_name="contract", index=models.Index(models.F("supplier"), models.F("edition"), models.OrderBy(models.F("amount"), descending=True, nulls_last=True), name="contract_supplier")
        ),
        migrations.AddIndex(
            model_name="contract", index=models.Index(models.F("buyer"), models.F("edition"), models.OrderBy(models.F("amount"), descending=True, nulls_last=True), name="contract_buyer")
        ),
        migrations.AddIndex(model_name="contract", index=models.Index(models.F("edition"), models.OrderBy(models.F("amount"), descending=True, nulls_last=True), name="contract_largest")),
        migrations.AddIndex(model_name="contract", index=models.Index(fields=["edition", "id"], name="contract_loaded")),
        migrations.AddIndex(model_name="contracttotal", index=models.Index(fields=["edition", "province"], name="contract_total_province")),
        migrations.AddIndex(model_name="flag", index=models.Index(models.F("rule"), models.OrderBy(models.F("amount"), descending=True, nulls_last=True), name="flag_rule")),
        migrations.AddIndex(model_name="flag", index=models.Index(models.F("buyer"), models.OrderBy(models.F("amount"), descending=True, nulls_last=True), name="flag_buyer")),
        migrations.AddIndex(model_name="flag", index=models.Index(models.F("supplier"), models.OrderBy(models.F("amount"), descending=True, nulls_last=True), name="flag_supplier")),
        migrations.AddIndex(
            model_name="project", index=models.Index(models.F("buyer"), models.F("edition"), models.OrderBy(models.F("budget"), descending=True, nulls_last=True), name="project_buyer")
        ),
        migrations.AddIndex(
            model_name="project", index=models.Index(models.F("province"), models.F("edition"), models.OrderBy(models.F("budget"), descending=True, nulls_last=True), name="project_province")
        ),
        migrations.AddIndex(
            model_name="project", index=models.Index(models.F("edition"), models.OrderBy(models.F("budget"), descending=True, nulls_last=True), models.F("number"), name="project_largest")
        ),
        migrations.AddIndex(
            model_name="project", index=models.Index(models.F("edition"), models.OrderBy(models.F("agreed_price"), descending=True, nulls_last=True), models.F("number"), name="project_agreed")
        ),
        migrations.AddIndex(model_name="project", index=models.Index(fields=["edition", "id"], name="project_loaded")),
        migrations.AddIndex(model_name="supplier", index=models.Index(fields=["name"], name="supplier_name")),
        migrations.AddIndex(model_name="suppliername", index=models.Index(fields=["name"], name="supplier_spelling")),
        migrations.AddField(
            model_name="contractbuyertotal",
            name="buyer",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The department that buys.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.buyer"),
        ),
        migrations.AddField(
            model_name="contractbuyertotal",
            name="edition",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The edition.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.edition"),
        ),
        migrations.AddField(
            model_name="contractwaytotal",
            name="buyer",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The department that buys.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.buyer"),
        ),
        migrations.AddField(
            model_name="contractwaytotal",
            name="edition",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The edition.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.edition"),
        ),
        migrations.AddField(
            model_name="contractwaytotal",
            name="province",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The province.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.province"),
        ),
        migrations.AddField(
            model_name="contractyeartotal",
            name="edition",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The edition.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.edition"),
        ),
        migrations.AddField(
            model_name="contractyeartotal",
            name="province",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The province.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.province"),
        ),
        migrations.AddField(
            model_name="projectbuyertotal",
            name="buyer",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The department that buys.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.buyer"),
        ),
        migrations.AddField(
            model_name="projectbuyertotal",
            name="edition",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The edition.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.edition"),
        ),
        migrations.AddField(
            model_name="projectyeartotal",
            name="edition",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The edition.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.edition"),
        ),
        migrations.AddField(
            model_name="projectyeartotal",
            name="province",
            field=models.ForeignKey(db_constraint=False, db_index=False, help_text="The province.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.province"),
        ),
        migrations.AddConstraint(model_name="suppliercount", constraint=models.UniqueConstraint(fields=("fiscal_year",), name="one_count_of_suppliers_in_a_year")),
        migrations.AddField(
            model_name="suppliertotal",
            name="supplier",
            field=models.ForeignKey(db_constraint=False, help_text="The winner.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spending.supplier"),
        ),
        migrations.AddIndex(model_name="contractbuyertotal", index=models.Index(fields=["edition", "buyer"], name="contract_buyer_total_edition")),
        migrations.AddIndex(model_name="contractbuyertotal", index=models.Index(fields=["buyer", "edition"], name="contract_buyer_total_buyer")),
        migrations.AddIndex(model_name="contractwaytotal", index=models.Index(fields=["edition", "buyer"], name="contract_way_total_edition")),
        migrations.AddIndex(model_name="contractwaytotal", index=models.Index(fields=["buyer", "edition"], name="contract_way_total_buyer")),
        migrations.AddIndex(model_name="contractyeartotal", index=models.Index(fields=["edition"], name="contract_year_total_edition")),
        migrations.AddIndex(model_name="projectbuyertotal", index=models.Index(fields=["edition", "buyer"], name="project_buyer_total_edition")),
        migrations.AddIndex(model_name="projectbuyertotal", index=models.Index(fields=["buyer", "edition"], name="project_buyer_total_buyer")),
        migrations.AddIndex(model_name="projectyeartotal", index=models.Index(fields=["edition"], name="project_year_total_edition")),
        migrations.AddIndex(model_name="suppliertotal", index=models.Index(models.F("fiscal_year"), models.OrderBy(models.F("amount"), descending=True), name="supplier_total_amount")),
        migrations.AddIndex(model_name="suppliertotal", index=models.Index(models.F("fiscal_year"), models.OrderBy(models.F("lines"), descending=True), name="supplier_total_lines")),
        migrations.AddConstraint(model_name="suppliertotal", constraint=models.UniqueConstraint(fields=("fiscal_year", "supplier"), name="one_total_of_a_supplier_in_a_year")),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
