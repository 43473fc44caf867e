"""Districts of contracts, and purchases summed by district beside the other totals."""

import django.db.models.deletion
from django.db import migrations, models

CELL = "edition_id, fiscal_year, buyer_id, kind, method, province_id, district"
OF_PLACE = "edition_id, fiscal_year, province_id, district"
FILL = f"""
UPDATE spending_project SET district = '' WHERE district IN ('ไม่ระบุ', 'ส่วนกลาง');
UPDATE spending_contract SET district = project.district FROM spending_project project
WHERE project.edition_id = spending_contract.edition_id AND project.number = project_number
    AND project.district <> '';
TRUNCATE spending_projecttotal, spending_contracttotal, spending_contractwaytotal;
INSERT INTO spending_projecttotal ({CELL}, lines, budget, reference_price, agreed_price)
SELECT {CELL}, count(*), coalesce(sum(budget), 0), coalesce(sum(reference_price), 0),
    coalesce(sum(agreed_price), 0)
FROM spending_project WHERE counted GROUP BY {CELL} ORDER BY edition_id, buyer_id;
INSERT INTO spending_projectplacetotal ({OF_PLACE}, lines, budget, reference_price, agreed_price)
SELECT {OF_PLACE}, sum(lines), sum(budget), sum(reference_price), sum(agreed_price)
FROM spending_projecttotal GROUP BY {OF_PLACE} ORDER BY {OF_PLACE};
INSERT INTO spending_contracttotal ({CELL}, winner_kind, supplier_id, lines, amount)
SELECT {CELL}, winner_kind, supplier_id, count(*), coalesce(sum(amount), 0)
FROM spending_contract WHERE counted GROUP BY {CELL}, winner_kind, supplier_id
ORDER BY edition_id, supplier_id, buyer_id;
INSERT INTO spending_contractwaytotal ({CELL}, winner_kind, lines, amount)
SELECT {CELL}, winner_kind, sum(lines), sum(amount)
FROM spending_contracttotal GROUP BY {CELL}, winner_kind ORDER BY edition_id, buyer_id;
INSERT INTO spending_contractplacetotal ({OF_PLACE}, lines, amount)
SELECT {OF_PLACE}, sum(lines), sum(amount)
FROM spending_contractwaytotal GROUP BY {OF_PLACE} ORDER BY {OF_PLACE};
"""
MERGE = f"""
TRUNCATE spending_projecttotal, spending_contracttotal, spending_contractwaytotal;
INSERT INTO spending_projecttotal ({CELL}, lines, budget, reference_price, agreed_price)
SELECT edition_id, fiscal_year, buyer_id, kind, method, province_id, '', count(*), coalesce(sum(budget), 0),
    coalesce(sum(reference_price), 0), coalesce(sum(agreed_price), 0)
FROM spending_project WHERE counted GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY edition_id, buyer_id;
INSERT INTO spending_contracttotal ({CELL}, winner_kind, supplier_id, lines, amount)
SELECT edition_id, fiscal_year, buyer_id, kind, method, province_id, '', winner_kind, supplier_id, count(*),
    coalesce(sum(amount), 0)
FROM spending_contract WHERE counted GROUP BY 1, 2, 3, 4, 5, 6, winner_kind, supplier_id
ORDER BY edition_id, supplier_id, buyer_id;
INSERT INTO spending_contractwaytotal ({CELL}, winner_kind, lines, amount)
SELECT edition_id, fiscal_year, buyer_id, kind, method, province_id, '', winner_kind, sum(lines), sum(amount)
FROM spending_contracttotal GROUP BY 1, 2, 3, 4, 5, 6, winner_kind ORDER BY edition_id, buyer_id;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('spending', '0022_department_names_indexed'),
    ]

    operations = [
        migrations.AddField(
            model_name='contract',
            name='district',
            field=models.CharField(blank=True, help_text='District of the project, as published; empty where none is.', max_length=120),
        ),
        migrations.AddField(
            model_name='contracttotal',
            name='district',
            field=models.CharField(blank=True, help_text='District of the projects, as published; empty where none is.', max_length=120),
        ),
        migrations.AddField(
            model_name='contractwaytotal',
            name='district',
            field=models.CharField(blank=True, help_text='District of the projects, as published; empty where none is.', max_length=120),
        ),
        migrations.AddField(
            model_name='projecttotal',
            name='district',
            field=models.CharField(blank=True, help_text='District of the projects, as published; empty where none is.', max_length=120),
        ),
        migrations.AlterField(
            model_name='project',
            name='district',
            field=models.CharField(blank=True, help_text='District, as published; empty where none is.', max_length=120),
        ),
        migrations.CreateModel(
            name='ContractPlaceTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField(help_text='Fiscal year in Common Era.')),
                ('district', models.CharField(blank=True, help_text='District of the projects, as published; empty where none is.', max_length=120)),
                ('lines', models.PositiveIntegerField(help_text='How many contracts the cell sums.')),
                ('amount', models.DecimalField(decimal_places=2, help_text='Sum of the contracts in baht.', max_digits=20)),
                ('edition', models.ForeignKey(db_constraint=False, db_index=False, help_text='The edition.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='spending.edition')),
                ('province', models.ForeignKey(db_constraint=False, db_index=False, help_text='The province.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='spending.province')),
            ],
            options={
                'indexes': [models.Index(fields=['edition', 'province'], name='contract_place_total_edition')],
            },
        ),
        migrations.CreateModel(
            name='ProjectPlaceTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField(help_text='Fiscal year in Common Era.')),
                ('district', models.CharField(blank=True, help_text='District of the projects, as published; empty where none is.', max_length=120)),
                ('lines', models.PositiveIntegerField(help_text='How many projects the cell sums.')),
                ('budget', models.DecimalField(decimal_places=2, help_text='Money set aside for these projects, in baht.', max_digits=20)),
                ('reference_price', models.DecimalField(decimal_places=2, help_text='Sum of their reference prices, in baht.', max_digits=20)),
                ('agreed_price', models.DecimalField(decimal_places=2, help_text='Sum agreed for them, in baht.', max_digits=20)),
                ('edition', models.ForeignKey(db_constraint=False, db_index=False, help_text='The edition.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='spending.edition')),
                ('province', models.ForeignKey(db_constraint=False, db_index=False, help_text='The province.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='spending.province')),
            ],
            options={
                'indexes': [models.Index(fields=['edition', 'province'], name='project_place_total_edition')],
            },
        ),
        migrations.RunSQL(FILL, MERGE),
    ]
