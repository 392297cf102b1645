from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ecca_site.core.choices import DocumentChooserBlock, PageChooserBlock
from ecca_site.delivery.addresses import page_links


class LinkValue(blocks.StructValue):
    @property
    def href(self) -> str | None:
        """The address that the link leads to, "" for a page that is not live.

        Templates would read ``url`` as the child block.
        """
        page = self.get("page")
        if not page:
            return self.get("url")
        link = page_links([page.pk]).get(page.pk)
        return link.url if link else ""


class LinkMixin:
    """A choice of a page of this site or an address, never both or neither.

    A draft may lack the choice.
    """

    def clean(self, value: LinkValue) -> LinkValue:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        has_page = bool(value["page"])
        has_address = bool(value["url"])
        if has_page == has_address:
            message = ValidationError(_("Choose a page or give an address, one of the two."))
            raise blocks.StructBlockValidationError(block_errors={"page": message})
        return value


class CallToActionBlock(LinkMixin, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.TextBlock(label=_("Text"), required=False)
    label = blocks.CharBlock(label=_("Label of the button"), max_length=60)
    page = PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        icon = "redirect"
        label = _("Call to action")
        description = _("A short invitation with one button")
        template = "core/blocks/call_to_action.html"
        value_class = LinkValue
        preview_value = {
            "title": "Join us",
            "text": "Any cluster may apply.",
            "label": "Apply",
            "url": "#",
        }


class DocumentLinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    document = DocumentChooserBlock(label=_("Document"))


class DocumentsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    documents = blocks.ListBlock(DocumentLinkBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        description = _("Files for download, with kind and size")
        template = "core/blocks/documents.html"
        preview_value = {
            "title": "Downloads",
            "documents": [{"title": "Programme", "document": None}],
        }


class PartnerListBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.TextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "group"
        label = _("List of partners")
        description = _("The first twelve partners by name, with their logos, and a link to all")
        template = "core/blocks/partner_list.html"
        preview_value = {"title": "Project partners", "text": ""}


class NewsListBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=12, default=3)

    class Meta:
        icon = "doc-full-inverse"
        label = _("List of news")
        description = _("The newest news of this language")
        template = "core/blocks/news_list.html"
        preview_value = {"title": "News", "count": 3}
