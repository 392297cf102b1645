from wagtail import hooks

from .rich_text import PageLinkHandler


@hooks.register("register_rich_text_features", order=10)
def use_our_page_links(features):
    features.register_link_type(PageLinkHandler)
